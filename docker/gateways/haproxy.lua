-- Asks Keycloak about a request, and says how the call went. Loaded by haproxy.cfg; explained in src/docs/gateways.md.

local keycloak = os.getenv("KEYCLOAK")
-- HAProxy's own door to Keycloak, in haproxy.cfg: by itself this client would find names by DNS only, and ask four times.
local door = "abns@latchkey-" .. os.getenv("LISTEN")
local keys = "http://" .. keycloak .. "/realms/" .. os.getenv("REALM") .. "/api-keys"
local forward_auth = keys .. "/forward-auth?audience=" .. os.getenv("AUDIENCE")
local credentials = "Basic " .. os.getenv("CREDENTIALS")

-- Milliseconds; the door itself has less patience.
local PATIENCE = 15000
-- Keycloak takes so many in one request.
local MOST = 100
-- A reservation of which nothing was heard is released after a minute.
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

local function ask(txn)
    local headers = pick(txn.http:req_get_headers(), TO_KEYCLOAK)
    -- Under its own name: where it has no fixed one, the caller would choose the issuer of the token.
    headers["host"] = {keycloak}
    headers["x-forwarded-host"] = {keycloak}
    -- For the price list of the API. Where the gateway knows better, "&cost=2" in the address above.
    headers["x-forwarded-method"] = {txn.f:method()}
    headers["x-forwarded-uri"] = {txn.f:pathq()}
    return core.httpclient():get{url = forward_auth, dst = door, headers = headers, timeout = PATIENCE}
end

local function refuse(txn, answer)
    if REFUSALS[answer.status] then
        local headers = pick(answer.headers, TO_CALLER)
        -- Where HAProxy itself says that Keycloak is away.
        headers["access-control-allow-origin"] = {"*"}
        txn:done(txn:reply{status = answer.status, headers = headers, body = answer.body})
    end
    local headers = {["content-type"] = {"application/problem+json"}, ["cache-control"] = {"no-store"},
        -- A page of another origin may read it.
        ["access-control-allow-origin"] = {"*"}}
    txn:done(txn:reply{status = 503, headers = headers, body = UNDECIDED})
end

core.register_action("latchkey", {"http-req"}, function(txn)
    local answer = ask(txn)
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

-- What has to be said yet. All threads share it, and one task speaks at a time: whatever comes meanwhile goes together.
local waiting = {settle = {}, release = {}}
local speaking = false

-- What has waited longest expires first.
local function take(reservations)
    local batch = table.move(reservations, 1, math.min(#reservations, MOST), 1, {})
    table.move(reservations, #batch + 1, #reservations + #batch, 1)
    return batch
end

local function say(ending, batch)
    local done, answer = pcall(function()
        return core.httpclient():post{
            url = keys .. "/credits/" .. ending .. "/batch",
            dst = door,
            headers = {
                host = {keycloak}, authorization = {credentials}, ["content-type"] = {"application/json"}
            },
            body = '{"requests":[{"reservation":"' .. table.concat(batch, '"},{"reservation":"') .. '"}]}',
            timeout = PATIENCE
        }
    end)
    return done and answer.status or 0, done and answer.body or ""
end

-- A batch is answered with 200, whatever became of each.
local function complain(ending, status, body)
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

-- Repeating it is harmless: Keycloak says the same again.
local function insist(ending, batch)
    for _ = 1, ATTEMPTS do
        local status, body = say(ending, batch)
        local unsaid = status == 0 or status >= 500 or body:find('"status":503', 1, true)
        if not unsaid then
            complain(ending, status, body)
            return
        end
        core.sleep(1)
    end
    core.Alert("Nothing charged for " .. #batch .. " calls: Keycloak did not answer (" .. ending .. ")")
end

local function speak()
    while #waiting.settle + #waiting.release > 0 do
        for ending, reservations in pairs(waiting) do
            local batch = take(reservations)
            if #batch > 0 then
                -- Whatever goes wrong with one batch, the next is said.
                local done, failure = pcall(insist, ending, batch)
                if not done then core.Alert("Nothing charged for " .. #batch .. " calls: " .. tostring(failure)) end
            end
        end
    end
    speaking = false
end

core.register_fetches("latchkey_ending", function(txn)
    local status = txn.f:status()
    local ending = status >= 200 and status < 400 and "settle" or "release"
    table.insert(waiting[ending], txn:get_var("txn.reservation"))
    if not speaking then
        speaking = true
        core.register_task(speak)
    end
    return ending
end)
