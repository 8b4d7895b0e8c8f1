CREATE TABLE "merged_files" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"environment" text NOT NULL,
	"path" text NOT NULL,
	"first_created" timestamp(6) with time zone NOT NULL,
	"last_created" timestamp(6) with time zone NOT NULL,
	"commits" integer NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"min_event_time" timestamp(6) with time zone,
	"max_event_time" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"merged_into" text,
	"merged_at" timestamp(6) with time zone,
	"removed_at" timestamp(6) with time zone
);
--> statement-breakpoint
ALTER TABLE "commit_files" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "commit_files" ADD COLUMN "merged_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "commit_files" ADD COLUMN "removed_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "commits" ADD COLUMN "reverts" text;--> statement-breakpoint
ALTER TABLE "commits" ADD COLUMN "reason" text;--> statement-breakpoint
CREATE INDEX "merged_files_version" ON "merged_files" USING btree ("version_id","environment","last_created");--> statement-breakpoint
CREATE INDEX "commit_files_open" ON "commit_files" USING btree ("commit_id") WHERE "commit_files"."merged_into" is null;--> statement-breakpoint
CREATE INDEX "commit_files_merged" ON "commit_files" USING btree ("merged_at") WHERE "commit_files"."merged_into" is not null and "commit_files"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "commits_reverts" ON "commits" USING btree ("version_id","environment") WHERE "commits"."kind" = 'revert';--> statement-breakpoint
CREATE INDEX "commits_waiting" ON "commits" USING btree ("version_id","environment","created") WHERE "commits"."online_state" in ('pending', 'offline_only');