CREATE TABLE "follows" (
	"person_id" text NOT NULL,
	"asset_kind" text NOT NULL,
	"asset_name" text NOT NULL,
	"muted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "follows_person_id_asset_kind_asset_name_pk" PRIMARY KEY("person_id","asset_kind","asset_name")
);
--> statement-breakpoint
CREATE TABLE "notification_mutes" (
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_mutes_person_id_kind_pk" PRIMARY KEY("person_id","kind")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"asset_kind" text NOT NULL,
	"asset_name" text NOT NULL,
	"title" text NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"href" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"assigned_by" text,
	"needs_acknowledgement" boolean DEFAULT false NOT NULL,
	"acknowledged_at" timestamp(6) with time zone,
	"once" text,
	"read_at" timestamp(6) with time zone,
	"done_at" timestamp(6) with time zone,
	"snoozed_until" timestamp(6) with time zone,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_mutes" ADD CONSTRAINT "notification_mutes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follows_asset" ON "follows" USING btree ("asset_kind","asset_name");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("person_id","once") WHERE "notifications"."once" is not null;--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "notifications_open" ON "notifications" USING btree ("person_id","id") WHERE "notifications"."done_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_told" ON "notifications" USING btree ("once") WHERE "notifications"."once" is not null;