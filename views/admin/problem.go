package admin

// ProblemPage says what went wrong, to staff and, without a frame, to anybody else.
type ProblemPage struct {
	Frame
	Text      string
	Reference string
}

// NewProblemPage explains a status; text is what the models said, empty when the status says all.
func NewProblemPage(frame Frame, status int, text, reference string) ProblemPage {
	known, found := problems[status]
	if !found {
		known = [2]string{"This did not work", "Go back and try again."}
	}
	frame.Title = known[0]
	page := ProblemPage{Frame: frame, Text: known[1], Reference: reference}
	if text != "" {
		page.Text = text
	}
	return page
}

var problems = map[int][2]string{
	400: {"The form was not understood", "Go back, reload the page and send it again."},
	403: {"This is not allowed", "Your role does not allow this, or the form came from another site."},
	404: {"There is nothing here", "What you look for may have another name, or was never here."},
	405: {"This page can't be used like that", "Go back and use the page's own buttons."},
	409: {"Something has changed", "What you saw is no longer so. Go back, reload the page and look again."},
	413: {"That is too much", "The form is larger than the shop takes."},
	422: {"Something is missing or wrong", "Go back and check what you entered."},
	429: {"Too many tries", "Wait a minute, then try again."},
	500: {"The shop has a fault", "Nothing was changed. The fault is in the logs under the reference below."},
	503: {"The shop is busy", "Nothing was changed. Try again in a moment."},
}
