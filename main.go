// Command softlaunch is a web shop that opens one market at a time.
package main

import (
	"os"
	"time"

	"softlaunch/handlers/command"
)

func main() { os.Exit(command.Main(time.Now)) }
