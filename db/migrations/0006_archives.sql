ALTER TABLE "feature_group_versions" ADD COLUMN "archived_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "feature_group_versions" ADD COLUMN "archive_reason" text;--> statement-breakpoint
ALTER TABLE "feature_services" ADD COLUMN "archived_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "feature_services" ADD COLUMN "archive_reason" text;