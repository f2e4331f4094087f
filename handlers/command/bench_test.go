package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"softlaunch/models/rehearsal"
)

// TestBench measures the shop and writes docs/benchmarks.md; make bench runs it. Without SHOP_BENCH, the file's path, there
// is nothing to do.
func TestBench(t *testing.T) {
	path := os.Getenv("SHOP_BENCH")
	if path == "" {
		return
	}
	var b bench
	b.line("# Benchmarks\n\nWritten by `make bench`; [profiles.md](profiles.md) tells what the profiles showed. Each figure stands beside a limit that was\nmeasured in the same run, in turns, so that what disturbed the machine disturbed both.\n")
	b.machine(t, "before")
	b.checkouts(t)
	b.orders(t)
	b.pages(t)
	b.writes(t)
	b.rehearsal(t)
	b.starts(t)
	b.machine(t, "after")
	if err := os.WriteFile(path, b.text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bench is the page as far as it is written.
type bench struct{ text bytes.Buffer }

func (b *bench) line(format string, args ...any) { fmt.Fprintf(&b.text, format+"\n", args...) }

// machine describes what the figures were measured on. The load is that of others: 1 is one core kept busy.
func (b *bench) machine(t *testing.T, when string) {
	t.Helper()
	load, _, _ := strings.Cut(read("/proc/loadavg"), " ")
	if when == "after" {
		b.line("\nLoad of the machine when all was measured: %s.", load)
		return
	}
	b.line("## The machine\n\n%d cores of %s, %s of memory, %s, %s, %s. Load before: %s, measured on %s.\n", runtime.NumCPU(),
		field(read("/proc/cpuinfo"), `model name\s*: (.*)`), field(read("/proc/meminfo"), `MemTotal:\s*(.*)`), field(read("/proc/version"), `^(\S+ version \S+)`),
		runtime.Version(), sqlite(t), load, time.Now().Format("2 January 2006"))
	b.line("The clients run beside the server on the same cores. `synchronous=FULL`: every acknowledged change is on disk.\n")
}

func read(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(text)
}

func field(text, pattern string) string {
	found := regexp.MustCompile(`(?m)` + pattern).FindStringSubmatch(text)
	if found == nil {
		return "unknown"
	}
	return strings.TrimSpace(found[1])
}

func sqlite(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "github.com/mattn/go-sqlite3").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// measured are a benchmark's figures by unit.
type measured map[string]float64

// run runs a benchmark of a package several times and answers the median of each figure, by the benchmark's name.
func run(t *testing.T, pkg, pattern, benchtime string, times int) map[string]measured {
	t.Helper()
	out, err := exec.Command("go", "test", "-run", "^$", "-bench", pattern, "-benchtime", benchtime, "-count", strconv.Itoa(times), "-timeout", "0", pkg).Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", pattern, err, out)
	}
	all := map[string]map[string][]float64{}
	for line := range strings.Lines(string(out)) {
		parts := strings.Fields(line)
		if len(parts) < 4 || !strings.HasPrefix(parts[0], "Benchmark") {
			continue
		}
		name := regexp.MustCompile(`-\d+$`).ReplaceAllString(strings.TrimPrefix(parts[0], "Benchmark"), "")
		if all[name] == nil {
			all[name] = map[string][]float64{}
		}
		for i := 2; i+1 < len(parts); i += 2 {
			if value, err := strconv.ParseFloat(parts[i], 64); err == nil {
				all[name][parts[i+1]] = append(all[name][parts[i+1]], value)
			}
		}
	}
	medians := map[string]measured{}
	for name, units := range all {
		medians[name] = measured{}
		for unit, values := range units {
			slices.Sort(values)
			medians[name][unit] = values[len(values)/2]
		}
	}
	return medians
}

func (b *bench) checkouts(t *testing.T) {
	m := run(t, "softlaunch/handlers", "Checkout$", "5120x", 3)["Checkout"]
	b.line("## Complete guest checkouts over HTTP\n\n64 shoppers at a time ask for nine addresses each: product, add, cart, details, review, order, payment, pay, order page.\nThe limit is an Echo that gives the same answers from memory to the same shoppers. Medians of three runs of 5,120.\n")
	b.line("| | shop | limit | ratio |\n|---|---|---|---|")
	b.line("| paid orders a second | %.0f | %.0f | %.2f |", m["orders/s"], m["constant/s"], m["ratio"])
	b.line("| work of all cores for each, shoppers included | %.2f ms | %.2f ms | %.2f |", m["cpu-ms"], m["cpu-ms"]*m["cpu-ratio"], m["cpu-ratio"])
	b.line("\nThe slowest step's p99 is %.0f ms. Targets: 500 a second, 1,000 aimed at, p99 under 250 ms.\n", m["p99-ms"])
}

func (b *bench) orders(t *testing.T) {
	m := run(t, "softlaunch/models/order", "Place$", "8192x", 3)["Place"]
	b.line("## The order alone\n\n`order.Place`, 64 callers at a time, beside prepared statements that write the same rows, 64 orders to a commit, and decide\nnothing. Medians of three runs of 8,192.\n")
	b.line("| orders a second | plain SQL | ratio | target |\n|---|---|---|---|\n| %.0f | %.0f | %.2f | 0.5 |\n", m["orders/s"], m["plain/s"], m["ratio"])
}

func (b *bench) pages(t *testing.T) {
	all := run(t, "softlaunch/handlers", "Pages$", "1s", 3)
	b.line("## Pages\n\nOver 16 kept-alive connections, in turns with an Echo that answers as many constant bytes. The third ratio compares the work\nof all cores with that of an Echo that sends the same headers too. Medians of three.\n")
	b.line("| page | bytes | a second | Echo | ratio | ratio of work | with the same headers | p99 |\n|---|---|---|---|---|---|---|---|")
	for _, name := range sorted(all) {
		m := all[name]
		b.line("| %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.2f | %.1f ms |", strings.ReplaceAll(strings.TrimPrefix(name, "Pages/"), "_", " "), m["bytes"], m["pages/s"],
			m["constant/s"], m["ratio"], m["cpu-ratio"], m["cpu-ratio-same-headers"], m["p99-ms"])
	}
	b.line("")
}

func (b *bench) writes(t *testing.T) {
	all := run(t, "softlaunch/models/db", "Write$", "1s", 3)
	b.line("## Changes\n\nAn order-like change (an order, two lines, two changes of stock) through each door, one at a time and with 64 callers\nwaiting; the limit is plain prepared SQL on a connection of its own. Medians of three.\n")
	b.line("| door | orders a second | ratio |\n|---|---|---|")
	for _, name := range sorted(all) {
		limit := all["Write/plain-sql/"+name[strings.LastIndex(name, "/")+1:]]["orders/s"]
		b.line("| %s | %.0f | %.2f |", strings.TrimPrefix(name, "Write/"), all[name]["orders/s"], all[name]["orders/s"]/limit)
	}
	b.line("")
}

func sorted(all map[string]measured) []string {
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (b *bench) rehearsal(t *testing.T) {
	command := prepare(t, folder(t), []string{"rehearse", "--market", "es", "--buyers", "20000", "--units", "1000", "--json"})
	out, err := command.Output()
	var r rehearsal.Report
	if decoding := json.Unmarshal(out, &r); decoding != nil {
		t.Fatalf("%v, %v: %s", err, decoding, out)
	}
	b.line("## The rehearsal\n\n`softlaunch rehearse --market es --buyers 20000 --units 1000`, 64 shoppers at a time: each opens the product's page and presses\nthe button whatever it says.\n")
	b.line("| | | target |\n|---|---|---|")
	b.line("| sold | %d, the last %.1f s after the opening | exactly 1,000 |", r.Sold, r.LastOrder.Seconds())
	b.line("| refused | %d, all within %.1f s | 19,000 |", r.Refused, r.Took.Seconds())
	b.line("| sold out shown | %.0f ms after the last order | 1 s |", max(0, (r.SoldOutShown-r.LastOrder).Seconds()*1000))
	b.line("| told to come again (503) | %d | planned ones only |", r.Busy)
	b.line("| other errors | %d | 0 |", len(r.Errors))
	b.line("| memory of the whole process, shoppers included | %d MiB at most | 300 MiB |", r.PeakMemory>>20)
	b.line("| audit | %d guarantees, %d findings | clean |", r.Audited, len(r.Broken))
	b.line("\n| step | answers | p50 | p95 | p99 |\n|---|---|---|---|---|")
	for _, l := range r.Steps {
		b.line("| %s | %d | %s | %s | %s |", l.Step, l.Answers, l.P50.Round(10*time.Microsecond), l.P95.Round(10*time.Microsecond), l.P99.Round(10*time.Microsecond))
	}
	for _, finding := range r.Findings() {
		b.line("\n- %s", finding)
	}
	b.line("")
}

// starts measures from the start of the process to its first page, and what it takes when nobody asks for anything.
func (b *bench) starts(t *testing.T) {
	var took []time.Duration
	var memory []float64
	for range 9 {
		dir := folder(t)
		begun := time.Now()
		p := serve(t, dir)
		response, err := http.Get(p.url + "/us/")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		took = append(took, time.Since(begun))
		time.Sleep(3 * time.Second) // until what the start left for later is done
		kib, err := strconv.ParseFloat(field(read("/proc/"+strconv.Itoa(p.Process.Pid)+"/status"), `VmRSS:\s*(\d+)`), 64)
		if err != nil {
			t.Fatal(err)
		}
		memory = append(memory, kib/1024)
		p.kill()
	}
	slices.Sort(took)
	slices.Sort(memory)
	b.line("## Start and rest\n\nMedians of nine starts on the example's database.\n\n| | | target |\n|---|---|---|")
	b.line("| from the start of the process to its first page | %.0f ms | 100 ms |", float64(took[4].Microseconds())/1000)
	b.line("| resident memory three seconds later | %.0f MiB | 40 MiB |", memory[4])
}
