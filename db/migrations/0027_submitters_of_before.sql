-- Whoever submitted what was in review when reviews got rows of their own is an author of it, as the audit log tells.
INSERT INTO "reviews" ("id", "group_id", "major", "state", "submitted_by", "submitted_at", "base", "created_at")
SELECT gen_random_uuid()::text, v."group_id", v."major", 'open', s."by", s."time", (
  SELECT f."major" || '.' || f."definition_revision" FROM "feature_group_versions" f
  WHERE f."group_id" = v."group_id" AND f."major" < v."major" AND f."activated_at" IS NOT NULL
    AND f."state" <> 'archived'
  ORDER BY f."major" DESC LIMIT 1
), v."created_at"
FROM "feature_group_versions" v
JOIN "feature_groups" g ON g."id" = v."group_id"
LEFT JOIN LATERAL (
  SELECT coalesce(a."after"->>'by', a."actor_id") AS "by", a."time" FROM "audit_log" a
  WHERE a."action" = 'version:submit' AND a."verdict" = 'allow' AND a."resource_kind" = 'group'
    AND a."resource_name" = g."name" || '@' || v."major" AND a."time" >= v."created_at"
  ORDER BY a."time" DESC LIMIT 1
) s ON true
WHERE v."state" = 'in_review' AND NOT EXISTS (
  SELECT FROM "reviews" r
  WHERE r."group_id" = v."group_id" AND r."major" = v."major" AND r."state" = 'open'
);--> statement-breakpoint
WITH RECURSIVE "submitters" AS (
  SELECT r."id" AS "review_id", w."principal_id", a."time"
  FROM "reviews" r
  JOIN "feature_groups" g ON g."id" = r."group_id"
  JOIN "feature_group_versions" v
    ON v."group_id" = r."group_id" AND v."major" = r."major" AND v."state" = 'in_review'
  JOIN "audit_log" a ON a."action" = 'version:submit' AND a."verdict" = 'allow' AND a."resource_kind" = 'group'
    AND a."resource_name" = g."name" || '@' || v."major" AND a."time" >= v."created_at"
  CROSS JOIN LATERAL (VALUES (a."actor_id"), (a."after"->>'by')) AS w("principal_id")
  WHERE w."principal_id" IS NOT NULL AND r."state" = 'open' AND NOT EXISTS (
    SELECT FROM "review_authors" h WHERE h."review_id" = r."id" AND h."hand" = 'submitted'
  )
  UNION
  -- A key acts as its owner; whoever made it, or any key of a service account, can act as that account.
  SELECT s."review_id", w."principal_id", s."time" FROM "submitters" s
  JOIN "api_keys" k ON k."id" = s."principal_id" OR (k."owner_kind" = 'service' AND k."owner_id" = s."principal_id")
  CROSS JOIN LATERAL (VALUES (k."created_by"), (k."owner_id")) AS w("principal_id")
  WHERE w."principal_id" IS NOT NULL AND w."principal_id" <> 'system'
)
INSERT INTO "review_authors" ("review_id", "principal_id", "hand", "at")
SELECT "review_id", "principal_id", 'submitted', max("time") FROM "submitters"
GROUP BY "review_id", "principal_id"
ON CONFLICT DO NOTHING;
