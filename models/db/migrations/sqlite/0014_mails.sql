-- +goose Up

-- What language a mail is in, for its Content-Language.
ALTER TABLE mails ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- Files that went out with a mail, as they were then. Mails that are forgotten take theirs with them.
CREATE TABLE mail_attachments (
  id            INTEGER PRIMARY KEY,
  mail_id       INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
  name          TEXT    NOT NULL CHECK (name <> ''),
  content_type  TEXT    NOT NULL CHECK (content_type <> ''),
  content       BLOB    NOT NULL
) STRICT;
CREATE INDEX mail_attachments_mail ON mail_attachments (mail_id);

-- Each time that staff had a mail sent once more. The job that does it has this as its subject.
CREATE TABLE mail_sendings (
  id        INTEGER PRIMARY KEY,
  mail_id   INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
  asked_at  INTEGER NOT NULL,
  sent_at   INTEGER
) STRICT;
CREATE INDEX mail_sendings_mail ON mail_sendings (mail_id);
CREATE INDEX jobs_dead ON jobs (id) WHERE dead_at IS NOT NULL;

-- Requests to have the links of somebody's orders mailed. What was typed is kept as typed, whether or not there are such
-- orders, and erased when the mail is out or its time is up.
CREATE TABLE order_lookups (
  id            INTEGER PRIMARY KEY,
  market_id     INTEGER NOT NULL REFERENCES markets (id),
  store         TEXT    NOT NULL,
  language      TEXT    NOT NULL,
  email         TEXT    NOT NULL,
  order_number  TEXT    NOT NULL,
  asked_at      INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  CHECK (asked_at < expires_at)
) STRICT;
CREATE INDEX order_lookups_expires ON order_lookups (expires_at);

-- The orders of an address, for those lookups.
CREATE INDEX orders_email ON orders (email_key, market_id);
