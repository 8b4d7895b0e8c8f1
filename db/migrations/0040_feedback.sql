CREATE TABLE "feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"said" text NOT NULL,
	"path" text NOT NULL,
	"form" text,
	"request_id" text,
	"asset_kind" text,
	"asset_name" text,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"closed_at" timestamp(6) with time zone,
	"closed_by" text,
	"closed_reason" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "feedback_author" ON "feedback" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "feedback_asset" ON "feedback" USING btree ("asset_kind","asset_name","id") WHERE "feedback"."asset_name" is not null;--> statement-breakpoint
CREATE INDEX "feedback_open" ON "feedback" USING btree ("id") WHERE "feedback"."closed_at" is null;