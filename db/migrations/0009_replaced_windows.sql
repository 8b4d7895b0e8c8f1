ALTER TABLE "commits" ADD COLUMN "replaces_after" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "commits" ADD COLUMN "replaces_until" timestamp(6) with time zone;--> statement-breakpoint
CREATE INDEX "commits_replaces" ON "commits" USING btree ("version_id","environment") WHERE "commits"."replaces_until" is not null;