package staff

import (
	"time"

	"softlaunch/models/throttle"
)

// signIns are ten tries at once, then one every six seconds: a person who mistypes doesn't notice, a program that guesses
// does.
var signIns = throttle.Rule{Burst: 10, Pause: 6 * time.Second, Message: "sign_in.throttled"}

func accountKey(email string) string { return "account " + email }
