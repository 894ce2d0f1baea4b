#!/bin/sh
# Sells a search API: plans Free, Professional and Premium, credits at a REST API and at a Batch API. See src/docs/plans.md.
#
#   REALM=search KEYCLOAK=http://localhost:8080 ADMIN=admin ADMIN_PASSWORD=admin docker/demo/plans.sh
#
# Without ADMIN it works as whom `kcadm.sh config credentials` has signed in. It may be run again: what is there stays, with its keys,
# and what is written here counts again. A realm that is not there is made.
set -eu

REALM=${REALM:-search}
KCADM=${KCADM:-kcadm.sh}
KEYCLOAK=${KEYCLOAK:-http://localhost:8080}
UPGRADE_URL=${UPGRADE_URL:-https://example.com/pricing}

# Of the clients, and of the users that are made; for a look, not for production.
SECRET=${SECRET:-search-secret}
PASSWORD=${PASSWORD:-search-password}

# Roles, clients and users.
FREE=free PROFESSIONAL=professional PREMIUM=premium
REST=rest-api BATCH=batch-api GATEWAY=gateway LOGIN=customer-login
FREE_USER=fiona PROFESSIONAL_USER=paul PREMIUM_USER=prisca

# A results page costs half a credit, wherever it comes from; to ask whether a batch is ready costs nothing.
REST_PRICES='["GET /serp/** 0.5", "GET /status 0", "1"]'
BATCH_PRICES='["POST /serp/** 0.5", "GET /batches/** 0", "1"]'

config=${KCADM_CONFIG:-}
if [ -n "${ADMIN:-}" ]; then
    directory=$(mktemp -d)
    trap 'rm -rf "$directory"' EXIT
    config=$directory/kcadm.config
    KC_CLI_PASSWORD=${ADMIN_PASSWORD:-} "$KCADM" config credentials --config "$config" \
        --server "$KEYCLOAK" --realm "${ADMIN_REALM:-master}" --user "$ADMIN"
fi

kcadm() {
    command=$1
    shift
    "$KCADM" "$command" "$@" ${config:+--config "$config"}
}

# plan ROLE KEYS RATE REST-CREDITS BATCH-CREDITS
plan() {
    kcadm update "api-keys/plans/$1" -r "$REALM" \
        -b "{\"maxKeys\": $2, \"ownerRateLimit\": \"$3\", \"credits\": {\"$REST\": \"$4\", \"$BATCH\": \"$5\"}}"
}

# Tokens that the gateway is given for a key are good at this API.
audience() {
    cat <<END
{"name": "$1", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
 "config": {"included.client.audience": "$1", "access.token.claim": "true", "introspection.token.claim": "true"}}
END
}

# user NAME PLAN
user() {
    cat <<END
{"username": "$1", "enabled": true, "email": "$1@example.com", "emailVerified": true, "firstName": "$1", "lastName": "$2",
 "realmRoles": ["default-roles-$REALM", "$2"], "credentials": [{"type": "password", "value": "$PASSWORD"}]}
END
}

kcadm get "realms/$REALM" --fields realm >/dev/null 2>&1 ||
    kcadm create realms -s realm="$REALM" -s enabled=true -s accountTheme=api-keys

# Whatever is not there yet.
kcadm create partialImport -r "$REALM" -o -f - >/dev/null <<END
{"ifResourceExists": "SKIP",
 "roles": {"realm": [{"name": "$FREE"}, {"name": "$PROFESSIONAL"}, {"name": "$PREMIUM"}]},
 "clients": [
  {"clientId": "$REST", "secret": "$SECRET", "standardFlowEnabled": false, "fullScopeAllowed": false},
  {"clientId": "$BATCH", "secret": "$SECRET", "standardFlowEnabled": false, "fullScopeAllowed": false},
  {"clientId": "$GATEWAY", "publicClient": true, "standardFlowEnabled": false, "fullScopeAllowed": false,
   "protocolMappers": [$(audience "$REST"), $(audience "$BATCH")]},
  {"clientId": "$LOGIN", "publicClient": true, "standardFlowEnabled": false, "directAccessGrantsEnabled": true}],
 "users": [$(user "$FREE_USER" "$FREE"), $(user "$PROFESSIONAL_USER" "$PROFESSIONAL"), $(user "$PREMIUM_USER" "$PREMIUM")]}
END

# Who has no plan has no keys. The rate is that of Free: plans can only give more.
kcadm update api-keys/policy -r "$REALM" -s creation=plan -s maxKeys=0 -s 'ownerRateLimit="60/min burst 5"' \
    -s client="$GATEWAY" -s "managementClients=[\"account-console\",\"$LOGIN\"]" -s upgradeUrl="$UPGRADE_URL"

plan "$FREE" 1 '60/min burst 5' 100/month 0/month
plan "$PROFESSIONAL" 3 '10/s burst 50' 10000/month 10000/month
plan "$PREMIUM" 3 '50/s burst 200' 50000/month 50000/month

kcadm update api-keys/prices -r "$REALM" -b "{\"api\": \"$REST\", \"prices\": $REST_PRICES}"
kcadm update api-keys/prices -r "$REALM" -b "{\"api\": \"$BATCH\", \"prices\": $BATCH_PRICES}"

cat <<END

The realm $REALM sells keys. $FREE_USER has $FREE, $PROFESSIONAL_USER has $PROFESSIONAL, $PREMIUM_USER has $PREMIUM; their password is $PASSWORD.

Make a key, and let the API ask what it is worth:

  KEYCLOAK=$KEYCLOAK REALM=$REALM
  $KCADM config credentials --server $KEYCLOAK --realm ${ADMIN_REALM:-master} --user ${ADMIN:-admin}
  $KCADM create api-keys -r $REALM -s name=first -s owner.name=$PROFESSIONAL_USER -o --fields key
  KEY=...
  curl -s -u $REST:$SECRET --json "{\"key\":\"\$KEY\",\"method\":\"GET\",\"path\":\"/serp/google\"}" \$KEYCLOAK/realms/\$REALM/api-keys/verify
  curl -s -u $REST:$SECRET --json '{"reservation":"..."}' \$KEYCLOAK/realms/\$REALM/api-keys/credits/settle

Another plan counts within a second:

  $KCADM add-roles -r $REALM --uusername $PROFESSIONAL_USER --rolename $PREMIUM
  $KCADM get api-keys/allowances/current -r $REALM \\
    -q owner=\$($KCADM get users -r $REALM -q username=$PROFESSIONAL_USER -q exact=true --fields id --format csv --noquotes)

The ledger ($KCADM get api-keys/allowances -r $REALM) keeps the old number until the owner's next call.

People make their own keys at $KEYCLOAK/realms/$REALM/account, and at $KEYCLOAK/realms/$REALM/api-keys.
END
