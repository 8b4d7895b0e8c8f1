CREATE TABLE "drafts" (
	"person_id" text NOT NULL,
	"form" text NOT NULL,
	"value" text NOT NULL,
	"saved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "drafts_person_id_form_pk" PRIMARY KEY("person_id","form")
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_saved" ON "drafts" USING btree ("saved_at");