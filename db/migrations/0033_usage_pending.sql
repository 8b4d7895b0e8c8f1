CREATE TABLE "usage_pending" (
	"minute" timestamp(6) with time zone NOT NULL,
	"consumer_kind" text NOT NULL,
	"consumer_id" text NOT NULL,
	"side" text NOT NULL,
	"set_id" text NOT NULL,
	"reads" bigint NOT NULL,
	"cells" bigint NOT NULL,
	CONSTRAINT "usage_pending_minute_consumer_kind_consumer_id_side_set_id_pk" PRIMARY KEY("minute","consumer_kind","consumer_id","side","set_id")
);
--> statement-breakpoint
CREATE TABLE "usage_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"targets" jsonb NOT NULL,
	"lines" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_pending" ADD CONSTRAINT "usage_pending_set_id_usage_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."usage_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_pending_set" ON "usage_pending" USING btree ("set_id");