package io.latchkey.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the Lua script of the load generator.
 *
 * @param lines a file with a line for each request, in place of one request again and again
 * @param once whether each line is sent once, and then the run ends
 * @param checked whether every answer is looked at, which costs the load generator time
 */
record WrkScript(HttpCall call, Optional<Path> lines, boolean once, boolean checked) {

    /** What the last line of the output begins with. */
    static final String MARK = "BENCH";

    private static final String REPORT = """
            local threads = {}
            wrong, first, answered = 0, "", 0
            function setup(thread) table.insert(threads, thread) end
            function done(summary, latency)
              local bad, what, e = 0, "", summary.errors
              for _, thread in ipairs(threads) do
                bad = bad + thread:get("wrong")
                if what == "" then what = thread:get("first") end
              end
              if what ~= "" then io.write("First wrong answer: " .. what .. "\\n") end
              io.write(string.format("BENCH %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.timeout, e.status, bad))
            end
            """;

    private static final String CHECK = """
            local function check(status, body)
              if status ~= %d or not string.find(body or "", %s, 1, true) then
                wrong = wrong + 1
                if wrong == 1 then first = status .. " " .. string.sub(body or "", 1, 300) end
              end
            end
            """;

    private static final String LIST = """
            local requests, at = {}, 0
            function init()
              for line in io.lines(%s) do
                local n = #requests + 1
                local function fill(text) return (text:gsub("{key}", line):gsub("{n}", tostring(n))) end
                local headers = {}
                for name, value in pairs(wrk.headers) do headers[name] = fill(value) end
                requests[n] = wrk.format(nil, nil, headers, wrk.body and fill(wrk.body))
              end
            end
            function request()
              at = at %% #requests + 1
              return requests[at]
            end
            """;

    // Stopping the thread would not do: the program sleeps until its time is over, unless it is interrupted.
    private static final String INTERRUPT = """
            local ffi = require("ffi")
            ffi.cdef("int getpid(void); int kill(int pid, int signal);")
            local function interrupt() ffi.C.kill(ffi.C.getpid(), 2) end
            """;

    String text() {
        StringBuilder lua = new StringBuilder("wrk.method = ").append(quoted(call.method()));
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            lua.append("\nwrk.headers[%s] = %s".formatted(quoted(header.getKey()), quoted(header.getValue())));
        }
        if (!call.body().isEmpty()) {
            lua.append("\nwrk.body = ").append(quoted(call.body()));
        }
        lua.append('\n').append(REPORT);
        lines.ifPresent(file -> lua.append(LIST.formatted(quoted(file.toString()))));
        return lua.append(response()).toString();
    }

    private String response() {
        if (!checked && !once) {
            return "";
        }
        String check = checked ? CHECK.formatted(call.status(), quoted(call.text())) : "";
        return check + (once ? INTERRUPT : "") + "function response(status, headers, body)\n"
                + (checked ? "  check(status, body)\n" : "")
                + (once ? "  answered = answered + 1\n  if answered == #requests then interrupt() end\n" : "")
                + "end\n";
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> Character.isLetterOrDigit(c) || c == ' ' ? Character.toString(c) : "\\%03d".formatted(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
