CREATE TABLE "unfiled_commits" (
	"commit_id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"created" timestamp(6) with time zone NOT NULL,
	"path" text NOT NULL,
	"rows" integer NOT NULL,
	"schema" jsonb NOT NULL,
	"lines" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "unfiled_commits" ADD CONSTRAINT "unfiled_commits_commit_id_commits_id_fk" FOREIGN KEY ("commit_id") REFERENCES "public"."commits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unfiled_commits_version" ON "unfiled_commits" USING btree ("version_id","environment");