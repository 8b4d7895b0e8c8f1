ALTER TABLE "feature_group_versions" ADD COLUMN "definition_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE "feature_group_versions" SET "definition_revision" = "revision";
