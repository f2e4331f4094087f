-- +goose Up

-- Files that prove an approval: a PDF as it came, or a picture that was decoded and encoded again.
CREATE TABLE evidence_files (
  id           INTEGER PRIMARY KEY,
  approval_id  INTEGER NOT NULL REFERENCES approvals (id),
  name         TEXT    NOT NULL CHECK (name <> ''),
  media        TEXT    NOT NULL CHECK (media IN ('application/pdf', 'image/png', 'image/jpeg')),
  content      BLOB    NOT NULL CHECK (length(content) > 0),
  added_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_files_approval ON evidence_files (approval_id);
