package db

// Waiting is how many changes wait for the writer. It asks nobody and takes no lock.
func (d *DB) Waiting() int {
	if d.writer == nil {
		return 0
	}
	return len(d.writer.queue)
}
