package io.latchkey.forwardauth;

import io.latchkey.it.LatchkeyServer;
import io.latchkey.server.ServerFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The gateways whose configuration is tested, as Debian packages them. */
enum GatewayProgram {
    NGINX("nginx", "nginx.conf"),
    NGINX_CREDITS("nginx", "nginx-credits.conf"),
    CADDY("caddy", "Caddyfile"),
    HAPROXY("haproxy", "haproxy.cfg");

    private static final String FRAME = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include server.conf;
            }
            """;

    private final String program;
    private final String file;

    GatewayProgram(String program, String file) {
        this.program = program;
        this.file = file;
    }

    /** Writes what the program needs into the folder; the answer starts it. */
    List<String> prepare(Path folder, Map<String, String> settings) {
        Path configuration = Path.of("").resolve("docker/gateways/" + file).toAbsolutePath();
        return switch (program) {
            case "nginx" -> nginx(folder, configuration, settings);
            case "caddy" -> List.of(binary(), "run", "--config", configuration.toString(), "--adapter", "caddyfile");
            default -> List.of(binary(), "-f", configuration.toString());
        };
    }

    /** Needs its variables filled in, and a frame of global settings that lets it run without root. The others read them. */
    private List<String> nginx(Path folder, Path configuration, Map<String, String> settings) {
        String text = read(configuration);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            text = text.replace("${" + setting.getKey() + "}", setting.getValue());
        }
        write(folder.resolve("server.conf"), text);
        write(folder.resolve("main.conf"), FRAME);
        return List.of(binary(), "-p", folder.toString(), "-c", "main.conf", "-e", "stderr");
    }

    /** The program keeps its own files in the folder, too. */
    Map<String, String> environment(Path folder, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        List.of("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME").forEach(home -> environment.put(home, folder.toString()));
        return environment;
    }

    /** Its own for every instance. */
    Path folder(int port) {
        Path folder = LatchkeyServer.folder().resolve("gateways").resolve(program + "-" + port);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Servers are often where only root looks. */
    String binary() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/local/sbin", "/usr/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new ServerFailure(
                        program + " is not installed. On Debian: apt-get install --no-install-recommends " + program));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
