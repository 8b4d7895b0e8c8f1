INSERT INTO "usage_sets" ("id", "targets", "lines")
SELECT DISTINCT encode(sha256(convert_to(one.value::text, 'UTF8')), 'hex'), one.value, jsonb_array_length(one.value)
FROM "usage_journal", jsonb_array_elements("content" -> 'sets') AS one;--> statement-breakpoint
INSERT INTO "usage_pending" ("minute", "consumer_kind", "consumer_id", "side", "set_id", "reads", "cells")
SELECT to_timestamp((one.value ->> 'minute')::bigint * 60), one.value ->> 'consumerKind', one.value ->> 'consumerId',
  one.value ->> 'side',
  encode(sha256(convert_to(("content" -> 'sets' -> (one.value ->> 'set')::int)::text, 'UTF8')), 'hex'),
  sum((one.value ->> 'reads')::bigint), sum((one.value ->> 'cells')::bigint)
FROM "usage_journal", jsonb_array_elements("content" -> 'counts') AS one
GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
DROP TABLE "usage_journal";
