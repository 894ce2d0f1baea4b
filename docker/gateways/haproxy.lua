-- Asks Keycloak to authorize requests, and settles or releases the credits of a call. haproxy.cfg loads this file;
-- src/docs/gateways.md explains it.

local keycloak = os.getenv("KEYCLOAK")
-- An internal listener in haproxy.cfg. Lua's HTTP client alone resolves names only by DNS and retries four times.
local listener = "abns@latchkey-" .. os.getenv("LISTEN")
local keys = "http://" .. keycloak .. "/realms/" .. os.getenv("REALM") .. "/api-keys"
local forward_auth = keys .. "/forward-auth?audience=" .. os.getenv("AUDIENCE")
local credentials = "Basic " .. os.getenv("CREDENTIALS")

-- In milliseconds. The listener has a shorter timeout.
local TIMEOUT = 15000
-- The limit of a batch at Keycloak.
local BATCH_SIZE = 100
-- Keycloak releases a reservation by itself after a minute.
local ATTEMPTS = 3

local TO_KEYCLOAK = {"x-api-key", "authorization", "origin", "x-forwarded-for", "x-forwarded-proto"}
local TO_API = {"authorization", "x-auth-subject", "x-auth-username", "x-auth-scopes", "x-auth-key-id"}
local TO_CALLER = {"content-type", "cache-control", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy",
    "access-control-expose-headers"}
local TO_KEEP = {
    ["x-auth-reservation"] = "txn.reservation", ["ratelimit"] = "txn.rate", ["ratelimit-policy"] = "txn.rate_policy"
}
local REFUSALS = {[401] = true, [403] = true, [429] = true, [503] = true}
local UNDECIDED = '{"title":"Service unavailable","status":503,"detail":"This cannot be decided at the moment."}'

-- HAProxy counts the values of a header from 0, Lua from 1.
local function list(values)
    local all = {}
    for i = 0, #values do
        if values[i] then table.insert(all, values[i]) end
    end
    return all
end

local function pick(headers, names)
    local picked = {}
    for _, name in ipairs(names) do
        if headers[name] then picked[name] = list(headers[name]) end
    end
    return picked
end

local function authorize(txn)
    local headers = pick(txn.http:req_get_headers(), TO_KEYCLOAK)
    -- Without a fixed hostname at Keycloak, a host of the caller would become the issuer of the token.
    headers["host"] = {keycloak}
    headers["x-forwarded-host"] = {keycloak}
    -- For the price list of the API. "&cost=2" in the address above replaces the list.
    headers["x-forwarded-method"] = {txn.f:method()}
    headers["x-forwarded-uri"] = {txn.f:pathq()}
    return core.httpclient():get{url = forward_auth, dst = listener, headers = headers, timeout = TIMEOUT}
end

local function refuse(txn, answer)
    if REFUSALS[answer.status] then
        local headers = pick(answer.headers, TO_CALLER)
        -- HAProxy itself responds when Keycloak is unreachable.
        headers["access-control-allow-origin"] = {"*"}
        txn:done(txn:reply{status = answer.status, headers = headers, body = answer.body})
    end
    local headers = {["content-type"] = {"application/problem+json"}, ["cache-control"] = {"no-store"},
        -- A page of another origin may read it.
        ["access-control-allow-origin"] = {"*"}}
    txn:done(txn:reply{status = 503, headers = headers, body = UNDECIDED})
end

core.register_action("latchkey", {"http-req"}, function(txn)
    local answer = authorize(txn)
    if answer.status ~= 200 then
        refuse(txn, answer)
        return
    end
    txn.http:req_del_header("authorization")
    txn.http:req_del_header("x-api-key")
    for name, values in pairs(pick(answer.headers, TO_API)) do
        txn.http:req_set_header(name, values[1])
    end
    for name, variable in pairs(TO_KEEP) do
        if answer.headers[name] then txn:set_var(variable, list(answer.headers[name])[1]) end
    end
end)

-- Reservations that are not yet settled or released. All threads share them; one task sends them in batches.
local waiting = {settle = {}, release = {}}
local sending = false

-- The oldest reservation expires first.
local function take(reservations)
    local batch = table.move(reservations, 1, math.min(#reservations, BATCH_SIZE), 1, {})
    table.move(reservations, #batch + 1, #reservations + #batch, 1)
    return batch
end

local function post(ending, batch)
    local done, answer = pcall(function()
        return core.httpclient():post{
            url = keys .. "/credits/" .. ending .. "/batch",
            dst = listener,
            headers = {
                host = {keycloak}, authorization = {credentials}, ["content-type"] = {"application/json"}
            },
            body = '{"requests":[{"reservation":"' .. table.concat(batch, '"},{"reservation":"') .. '"}]}',
            timeout = TIMEOUT
        }
    end)
    return done and answer.status or 0, done and answer.body or ""
end

-- The response to a batch is 200; each result has a status of its own.
local function report(ending, status, body)
    if status >= 400 then
        core.Alert("Keycloak does not let us " .. ending .. " reservations: " .. status)
        return
    end
    local refused = {}
    for each in body:gmatch('"status":(4%d%d)') do
        refused[each] = (refused[each] or 0) + 1
    end
    for each, calls in pairs(refused) do
        core.Alert("Keycloak did not " .. ending .. " " .. calls .. " reservations: " .. each)
    end
end

-- Keycloak answers a repeated request like the first, so retries are safe.
local function retry(ending, batch)
    for _ = 1, ATTEMPTS do
        local status, body = post(ending, batch)
        local failed = status == 0 or status >= 500 or body:find('"status":503', 1, true)
        if not failed then
            report(ending, status, body)
            return
        end
        core.sleep(1)
    end
    core.Alert("Nothing charged for " .. #batch .. " calls: Keycloak did not answer (" .. ending .. ")")
end

local function send()
    while #waiting.settle + #waiting.release > 0 do
        for ending, reservations in pairs(waiting) do
            local batch = take(reservations)
            if #batch > 0 then
                -- A failed batch must not stop the next.
                local done, failure = pcall(retry, ending, batch)
                if not done then core.Alert("Nothing charged for " .. #batch .. " calls: " .. tostring(failure)) end
            end
        end
    end
    sending = false
end

core.register_fetches("latchkey_ending", function(txn)
    local status = txn.f:status()
    local ending = status >= 200 and status < 400 and "settle" or "release"
    table.insert(waiting[ending], txn:get_var("txn.reservation"))
    if not sending then
        sending = true
        core.register_task(send)
    end
    return ending
end)
