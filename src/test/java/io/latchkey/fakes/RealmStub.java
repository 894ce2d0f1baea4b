package io.latchkey.fakes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** A realm with clients and client scopes, whose ids are their names after {@code id of }. */
public final class RealmStub {

    private final Map<String, ClientModel> clients = new LinkedHashMap<>();
    private final Map<String, ClientScopeModel> scopes = new LinkedHashMap<>();

    public static String id(String name) {
        return "id of " + name;
    }

    public RealmModel model() {
        return Stub.of(RealmModel.class)
                .with("getId", "realm")
                .with("isEnabled", true)
                .with("isBruteForceProtected", false)
                .with("isVerifyEmail", false)
                .answering("getClientById", sent -> clients.get(sent[0]))
                .answering("getClientByClientId", sent -> clients.get(id((String) sent[0])))
                .answering("getClientScopeById", sent -> scopes.get(sent[0]))
                .answering("getClientScopesStream", nothing -> scopes.values().stream())
                .make();
    }

    /** A client scope that whoever has one of the roles may use, or everybody where there are none. */
    public ClientScopeModel scope(String name, RoleModel... roles) {
        return scope(name, true, List.of(), roles);
    }

    /** A client scope that tokens do not name, with a mapper of each of these kinds. */
    public ClientScopeModel silentScope(String name, String... mappers) {
        return scope(name, false, List.of(mappers));
    }

    /** A client scope that requests name with an organization. */
    public ClientScopeModel organizationScope(String name) {
        return scope(name, true, List.of("oidc-organization-membership-mapper"));
    }

    /** A client scope that requests name with any parameter (feature {@code parameterized-scopes}). */
    public ClientScopeModel parameterizedScope(String name) {
        return add(name, stub(name, true, List.of()).with("isParameterizedScope", true));
    }

    private ClientScopeModel scope(String name, boolean named, List<String> mappers, RoleModel... roles) {
        return add(name, stub(name, named, mappers, roles));
    }

    private ClientScopeModel add(String name, Stub<ClientScopeModel> made) {
        ClientScopeModel scope = made.make();
        scopes.put(id(name), scope);
        return scope;
    }

    private static Stub<ClientScopeModel> stub(String name, boolean named, List<String> mappers, RoleModel... roles) {
        return Stub.of(ClientScopeModel.class)
                .with("getId", id(name))
                .with("getName", name)
                .with("getProtocol", "openid-connect")
                .with("isIncludeInTokenScope", named)
                .with("isParameterizedScope", false)
                .answering("getScopeMappingsStream", nothing -> Stream.of(roles))
                .answering("getProtocolMappersStream", nothing -> mappers(mappers));
    }

    /** A new client of the realm that gives nothing but what those optional client scopes give. */
    public ClientModel narrowClient(String clientId, ClientScopeModel... optional) {
        return add(client(clientId, List.of(), List.of(optional)).make());
    }

    /** The same with default client scopes, to be made wider yet and to be {@linkplain #add added}. */
    public static Stub<ClientModel> client(
            String clientId, List<ClientScopeModel> defaults, List<ClientScopeModel> optional) {
        return Stub.of(ClientModel.class)
                .with("getId", id(clientId))
                .with("getClientId", clientId)
                .with("isEnabled", true)
                .with("isFullScopeAllowed", false)
                .answering("getRolesStream", nothing -> Stream.of())
                .answering("getScopeMappingsStream", nothing -> Stream.of())
                .answering("getProtocolMappersStream", nothing -> Stream.of())
                .answering("getClientScopes", sent -> byName((Boolean) sent[0] ? defaults : optional));
    }

    public ClientModel add(ClientModel client) {
        clients.put(client.getId(), client);
        return client;
    }

    public static Stream<ProtocolMapperModel> mappers(List<String> kinds) {
        List<ProtocolMapperModel> mappers = new ArrayList<>();
        for (String kind : kinds) {
            ProtocolMapperModel mapper = new ProtocolMapperModel();
            mapper.setName("a " + kind);
            mapper.setProtocolMapper(kind);
            mappers.add(mapper);
        }
        return mappers.stream();
    }

    public static RoleModel role() {
        return Stub.of(RoleModel.class)
                .with("isComposite", false)
                .answering("getCompositesStream", nothing -> Stream.of())
                .make();
    }

    /** Somebody who is free to act, and has these roles. */
    public static UserModel owner(RoleModel... roles) {
        Set<RoleModel> held = Set.of(roles);
        return Stub.of(UserModel.class)
                .with("getId", "owner")
                .with("isEnabled", true)
                .answering("getRequiredActionsStream", nothing -> Stream.of())
                .answering("hasRole", sent -> held.contains(sent[0]))
                .make();
    }

    private static Map<String, ClientScopeModel> byName(List<ClientScopeModel> scopes) {
        return scopes.stream().collect(Collectors.toMap(ClientScopeModel::getName, scope -> scope));
    }

    /** The ids of clients or client scopes of these names. */
    public static List<String> ids(String... names) {
        return Arrays.stream(names).map(RealmStub::id).toList();
    }
}
