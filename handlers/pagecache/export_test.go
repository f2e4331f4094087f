package pagecache

// Kept are how many pages are kept, and the bytes that they take at most.
func (k *Cache) Kept() (pages int, bytes uint64) {
	k.pages.CleanUp()
	return k.pages.EstimatedSize(), k.pages.WeightedSize()
}
