package stage

import (
	"context"
	"log/slog"
	"sync"

	"softlaunch/models/fault"
	"softlaunch/models/rehearsal"
)

// Rehearsals are those of the back-office: one at a time, and the last one's report, which is kept in memory. It is safe for
// concurrent use.
type Rehearsals struct {
	house House
	stop  <-chan struct{}

	mu    sync.Mutex
	state State
}

// State is what there is to see. The zero State is that nothing was rehearsed yet.
type State struct {
	Running  bool
	Progress rehearsal.Progress
	Report   *rehearsal.Report
	Fault    error // why the last one could not be played
}

// NewRehearsals plays in a house until stop is closed; nil is never.
func NewRehearsals(house House, stop <-chan struct{}) *Rehearsals {
	return &Rehearsals{house: house, stop: stop}
}

// Start begins to play a plan and returns. What can't be played is an Invalid fault, another one that runs a Conflict.
func (r *Rehearsals) Start(plan rehearsal.Plan) error {
	if err := plan.Check(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state.Running {
		return fault.New(fault.Conflict, "rehearsal.running")
	}
	r.state = State{Running: true, Progress: rehearsal.Progress{Plan: plan}}
	go r.play(plan)
	return nil
}

// State is what there is to see now.
func (r *Rehearsals) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

func (r *Rehearsals) play(plan rehearsal.Plan) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-r.stop:
			cancel()
		case <-over:
		}
	}()
	report, err := r.house.Play(ctx, plan, r.progress)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.Running, r.state.Fault = false, err
	if err == nil {
		r.state.Report = &report
	} else if fault.Of(err) == 0 {
		slog.Error("rehearsal failed", "error", err)
	}
}

func (r *Rehearsals) progress(p rehearsal.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.Progress = p
}
