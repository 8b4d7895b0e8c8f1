CREATE TABLE "home_visits" (
	"person_id" text PRIMARY KEY NOT NULL,
	"last_at" timestamp(6) with time zone NOT NULL,
	"before" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "read_set_days" (
	"set_id" text NOT NULL,
	"environment" text NOT NULL,
	"day" timestamp(6) with time zone NOT NULL,
	"reads" bigint NOT NULL,
	CONSTRAINT "read_set_days_set_id_environment_day_pk" PRIMARY KEY("set_id","environment","day")
);
--> statement-breakpoint
CREATE TABLE "read_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"members" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "serving_hours" (
	"hour" timestamp(6) with time zone NOT NULL,
	"environment" text NOT NULL,
	"route" text NOT NULL,
	"service" text NOT NULL,
	"consumer_kind" text NOT NULL,
	"consumer_id" text NOT NULL,
	"status" integer NOT NULL,
	"requests" bigint NOT NULL,
	"latency" integer[] NOT NULL,
	CONSTRAINT "serving_hours_hour_environment_route_service_consumer_kind_consumer_id_status_pk" PRIMARY KEY("hour","environment","route","service","consumer_kind","consumer_id","status")
);
--> statement-breakpoint
CREATE TABLE "usage_consumers" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "usage_consumers_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
ALTER TABLE "home_visits" ADD CONSTRAINT "home_visits_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_set_days" ADD CONSTRAINT "read_set_days_set_id_read_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."read_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "read_sets_members" ON "read_sets" USING gin ("members");