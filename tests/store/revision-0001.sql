BEGIN TRANSACTION;
CREATE TABLE bulletin (
	path TEXT NOT NULL, 
	signature TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	arrived BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	line INTEGER, 
	confidence FLOAT NOT NULL, 
	warnings TEXT NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "bulletin" VALUES('tuesday.txt','2400 1729479600000000001 7','c74f1053112a8b06c3c376201ecdc66a3d39517d6cb617da9f649c200a8edfab','accepted',1729479600,'',NULL,1.0,'[]');
INSERT INTO "bulletin" VALUES('monday.txt','2400 1729479600000000001 7','b9789d2a2ec2d0f441cee4191cf6d7de89ef952889fa031f2cfb96406156a67e','accepted',1729479600,'',NULL,1.0,'[]');
INSERT INTO "bulletin" VALUES('empty.txt','2400 1729479600000000001 7','78907f14915cf120820225aca1b971d11ebb26132387502a7d187e32cf01c641','rejected',1729479600,'it is empty',1,1.0,'[]');
CREATE TABLE entry (
	id TEXT NOT NULL, 
	bulletin TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	title TEXT NOT NULL, 
	paragraphs TEXT NOT NULL, 
	permalink TEXT NOT NULL, 
	published BIGINT NOT NULL, 
	updated BIGINT NOT NULL, 
	state TEXT NOT NULL, 
	due BIGINT, 
	language TEXT, 
	author TEXT, 
	categories TEXT NOT NULL, 
	link TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (permalink)
);
INSERT INTO "entry" VALUES('tag:example.org,2024-10-21:story-0','monday.txt',0,'lead','Story 0','["First paragraph.","Втори параграф."]','2024/10/21/story-0/',1729479600,1729479600,'published',NULL,NULL,NULL,'[]',NULL);
INSERT INTO "entry" VALUES('tag:example.org,2024-10-21:story-1','monday.txt',1,'teaser','Story 1','["First paragraph.","Втори параграф."]','2024/10/21/story-1/',1729479599,1729501200,'withdrawn',NULL,NULL,NULL,'["port","coast"]','https://example.org/');
INSERT INTO "entry" VALUES('tag:example.org,2024-10-21:story-2','monday.txt',2,'teaser','Story 2','["First paragraph.","Втори параграф."]','2024/10/21/story-2/',1729479598,1729479598,'published',NULL,NULL,NULL,'[]',NULL);
INSERT INTO "entry" VALUES('tag:example.org,2024-10-21:story-3','tuesday.txt',3,'teaser','Story 3','["First paragraph.","Втори параграф."]','2024/10/21/story-3/',1729501200,1729501200,'scheduled',1729501200,NULL,NULL,'[]',NULL);
CREATE TABLE history (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entry TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	what TEXT NOT NULL, 
	title TEXT NOT NULL, 
	paragraphs TEXT NOT NULL
);
INSERT INTO "history" VALUES(1,'tag:example.org,2024-10-21:story-0',1729479600,'published','Story 0','["First paragraph.","Втори параграф."]');
INSERT INTO "history" VALUES(2,'tag:example.org,2024-10-21:story-1',1729479600,'published','Story 1','["First paragraph.","Втори параграф."]');
INSERT INTO "history" VALUES(3,'tag:example.org,2024-10-21:story-2',1729479600,'published','Story 2','["First paragraph.","Втори параграф."]');
INSERT INTO "history" VALUES(4,'tag:example.org,2024-10-21:story-3',1729479600,'scheduled','Story 3','["First paragraph.","Втори параграф."]');
INSERT INTO "history" VALUES(5,'tag:example.org,2024-10-21:story-1',1729501200,'withdrawn','Story 1','["First paragraph.","Втори параграф."]');
CREATE TABLE membership (
	entry TEXT NOT NULL, 
	feed TEXT NOT NULL, 
	state TEXT NOT NULL, 
	published BIGINT NOT NULL, 
	position INTEGER NOT NULL, 
	left_at BIGINT, 
	PRIMARY KEY (entry, feed), 
	FOREIGN KEY(entry) REFERENCES entry (id)
)
 WITHOUT ROWID

;
INSERT INTO "membership" VALUES('tag:example.org,2024-10-21:story-0','news','published',1729479600,0,NULL);
INSERT INTO "membership" VALUES('tag:example.org,2024-10-21:story-1','news','withdrawn',1729479599,1,1729501200);
INSERT INTO "membership" VALUES('tag:example.org,2024-10-21:story-2','news','withdrawn',1729479598,2,1729522800);
INSERT INTO "membership" VALUES('tag:example.org,2024-10-21:story-3','news','scheduled',1729501200,3,NULL);
CREATE TABLE note (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "note" VALUES('authority','example.org');
CREATE TABLE schema_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT schema_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "schema_version" VALUES('0001');
CREATE TABLE stale (
	mark INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL
);
INSERT INTO "stale" VALUES(1,'feed','news');
CREATE INDEX bulletin_digest ON bulletin (digest);
CREATE INDEX bulletin_outcome ON bulletin (outcome, path);
CREATE INDEX entry_bulletin ON entry (bulletin, position);
CREATE INDEX entry_due ON entry (state, due, position, id);
CREATE INDEX entry_newest ON entry (state, published DESC, position, id);
CREATE INDEX membership_window ON membership (feed, state, published DESC, position, entry);
CREATE INDEX membership_left ON membership (feed, left_at);
CREATE INDEX stale_document ON stale (kind, name);
CREATE INDEX history_entry ON history (entry);
CREATE TRIGGER entry_identity BEFORE UPDATE OF id, permalink ON entry
        WHEN NEW.id <> OLD.id OR NEW.permalink <> OLD.permalink
        BEGIN SELECT RAISE(ABORT, 'an entry keeps its id and permalink'); END;
CREATE TRIGGER entry_published BEFORE UPDATE OF published ON entry
        WHEN NEW.published <> OLD.published AND EXISTS (
            SELECT 1 FROM history
            WHERE history.entry = OLD.id AND history.what IN ('published', 'released', 'restored')
        )
        BEGIN SELECT RAISE(ABORT, 'an entry that was shown keeps its published instant'); END;
CREATE TRIGGER history_kept BEFORE DELETE ON history
        BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER history_unchanged BEFORE UPDATE ON history
        BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('history',5);
INSERT INTO "sqlite_sequence" VALUES('stale',1);
COMMIT;
