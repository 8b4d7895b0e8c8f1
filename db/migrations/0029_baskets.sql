CREATE TABLE "basket_features" (
	"person_id" text NOT NULL,
	"feature" text NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "basket_features_person_id_feature_pk" PRIMARY KEY("person_id","feature")
);
--> statement-breakpoint
ALTER TABLE "basket_features" ADD CONSTRAINT "basket_features_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;