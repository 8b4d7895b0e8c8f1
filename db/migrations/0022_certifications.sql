CREATE TABLE "certifications" (
	"id" text PRIMARY KEY NOT NULL,
	"asset_kind" text NOT NULL,
	"asset_name" text NOT NULL,
	"version" integer NOT NULL,
	"reason" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"certified_by_id" text NOT NULL,
	"certified_by_name" text NOT NULL,
	"certified_at" timestamp(6) with time zone NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL,
	"revoked_at" timestamp(6) with time zone,
	"revoked_by_name" text,
	"revoke_reason" text
);
--> statement-breakpoint
CREATE INDEX "certifications_asset" ON "certifications" USING btree ("asset_kind","asset_name");--> statement-breakpoint
CREATE UNIQUE INDEX "certifications_standing" ON "certifications" USING btree ("asset_kind","asset_name","version") WHERE "certifications"."revoked_at" is null;--> statement-breakpoint
ALTER TABLE "comments" DROP COLUMN "anchor";