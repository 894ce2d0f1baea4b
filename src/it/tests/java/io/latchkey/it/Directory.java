package io.latchkey.it;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.LDAPSDKException;
import java.net.InetAddress;

/** A real LDAP server of people who sign in with their name, for as long as nobody closes it. */
final class Directory implements AutoCloseable {

    static final String PEOPLE = "ou=people,dc=example,dc=org";
    static final String BIND_DN = "cn=keycloak";
    static final String BIND_PASSWORD = "bind-password";

    private static final String DISABLED = "msDS-UserAccountDisabled";

    private final InMemoryDirectoryServer server;
    private final int port;

    private Directory(InMemoryDirectoryServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static Directory start() {
        try {
            // Its own choice would be another one after a pause.
            int port = LatchkeyServer.freePort();
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
            config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), port, null));
            // People have attributes here that only Microsoft's directories know.
            config.setSchema(null);
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.startListening();
            return new Directory(server, port);
        } catch (LDAPSDKException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "ldap://127.0.0.1:" + port;
    }

    void add(String name) {
        run(() -> server.add(
                "dn: " + dn(name),
                "objectClass: top",
                "objectClass: person",
                "objectClass: organizationalPerson",
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: Given",
                "sn: Family",
                "mail: " + name + "@example.org",
                "userPassword: " + name));
    }

    void remove(String name) {
        run(() -> server.delete(dn(name)));
    }

    void disable(String name) {
        set(name, DISABLED, "TRUE");
    }

    void enable(String name) {
        set(name, DISABLED, "FALSE");
    }

    void set(String name, String attribute, String value) {
        run(() -> server.modify(
                "dn: " + dn(name), "changetype: modify", "replace: " + attribute, attribute + ": " + value));
    }

    /** Nobody reaches it while that runs. */
    void whileOutOfReach(Runnable work) {
        server.shutDown(true);
        try {
            work.run();
        } finally {
            run(server::startListening);
        }
    }

    private static String dn(String name) {
        return "uid=" + name + "," + PEOPLE;
    }

    private static void run(Change change) {
        try {
            change.make();
        } catch (LDAPSDKException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    @FunctionalInterface
    private interface Change {
        void make() throws LDAPSDKException;
    }
}
