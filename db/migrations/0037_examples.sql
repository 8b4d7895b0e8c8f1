CREATE TABLE "asset_examples" (
	"id" text PRIMARY KEY NOT NULL,
	"asset_kind" text NOT NULL,
	"asset_name" text NOT NULL,
	"title" text NOT NULL,
	"reads" text NOT NULL,
	"environment" text NOT NULL,
	"request" jsonb NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"ran_at" timestamp(6) with time zone,
	"worked" boolean,
	"failure" text,
	"took_ms" integer
);
--> statement-breakpoint
CREATE INDEX "asset_examples_asset" ON "asset_examples" USING btree ("asset_kind","asset_name");