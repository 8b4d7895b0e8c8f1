CREATE TABLE "organisation_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb,
	"revision" integer NOT NULL,
	"updated_by" text,
	"updated_by_name" text,
	"updated_at" timestamp(6) with time zone
);
