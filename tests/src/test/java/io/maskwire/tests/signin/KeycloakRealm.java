package io.maskwire.tests.signin;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A realm of a hospital, set up by its administrator as docs/OPERATIONS.md says; what it is asked
 * about people and their sessions.
 */
final class KeycloakRealm {
  /** Seconds after which ID and access tokens of a function's client expire. */
  static final int TOKEN_SECONDS = 5;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final Keycloak keycloak;
  private final String name;

  KeycloakRealm(Keycloak keycloak, String name) {
    this.keycloak = keycloak;
    this.name = name;
  }

  /**
   * Imports the realm: the roles, people, and programs.
   *
   * @param people their roles by their names
   * @param programs whose service accounts have a secret, {@link #secret}
   */
  void create(Map<String, List<String>> people, List<Program> programs) {
    ObjectNode realm = JSON.createObjectNode().put("realm", name).put("enabled", true);
    realm.put("eventsEnabled", true);
    realm.putArray("enabledEventTypes").add("LOGIN").add("REFRESH_TOKEN");
    ArrayNode roles = realm.putObject("roles").putArray("realm");
    List.of("user", "owner", "operator").forEach(role -> roles.addObject().put("name", role));
    ArrayNode users = realm.putArray("users");
    people.forEach((person, theirs) -> users.add(person(person, theirs)));
    ArrayNode clients = realm.putArray("clients");
    for (Program program : programs) {
      clients.add(client(program));
      users.add(
          account("service-account-" + program.name(), program.roles())
              .put("serviceAccountClientId", program.name()));
    }
    post("/admin/realms", realm);
    addRolesToIdToken();
  }

  /**
   * A program with a service account.
   *
   * @param name its client's
   * @param roles of its account
   * @param audience the client that its tokens are for; empty: nobody said
   */
  record Program(String name, List<String> roles, String audience) {
    Program {
      roles = List.copyOf(roles);
    }
  }

  private static ObjectNode account(String user, List<String> roles) {
    ObjectNode account = JSON.createObjectNode().put("username", user).put("enabled", true);
    ArrayNode all = account.putArray("realmRoles");
    roles.forEach(all::add);
    return account;
  }

  private static ObjectNode person(String user, List<String> roles) {
    ObjectNode person =
        account(user, roles)
            .put("firstName", user)
            .put("lastName", "Example")
            .put("email", user + "@hospital.example")
            .put("emailVerified", true);
    person.putArray("credentials").addObject().put("type", "password").put("value", password(user));
    return person;
  }

  private static ObjectNode client(Program program) {
    ObjectNode client =
        confidential(program.name())
            .put("standardFlowEnabled", false)
            .put("serviceAccountsEnabled", true);
    if (!program.audience().isEmpty()) {
      ObjectNode mapper = client.putArray("protocolMappers").addObject();
      mapper
          .put("name", "gateway")
          .put("protocol", "openid-connect")
          .put("protocolMapper", "oidc-audience-mapper")
          .putObject("config")
          .put("included.client.audience", program.audience())
          .put("access.token.claim", "true");
    }
    return client;
  }

  private static ObjectNode confidential(String client) {
    return JSON.createObjectNode()
        .put("clientId", client)
        .put("publicClient", false)
        .put("directAccessGrantsEnabled", false)
        .put("secret", secret(client));
  }

  /** Client scope "roles", mapper "realm roles": "Add to ID token" on. */
  private void addRolesToIdToken() {
    String scopes = "/admin/realms/" + name + "/client-scopes";
    Map<String, Object> scope = named(keycloak.administrator().get(keycloak.at(scopes)), "roles");
    String models = scopes + "/" + scope.get("id") + "/protocol-mappers/models";
    ObjectNode mapper =
        JSON.valueToTree(named(keycloak.administrator().get(keycloak.at(models)), "realm roles"));
    mapper.withObject("config").put("id.token.claim", "true");
    keycloak
        .administrator()
        .body(mapper.toString())
        .put(keycloak.at(models + "/" + mapper.get("id").asText()))
        .then()
        .statusCode(NO_CONTENT);
  }

  private static Map<String, Object> named(Response answer, String name) {
    return answer.then().statusCode(200).extract().path("find { it.name == '%s' }", name);
  }

  /** Registers the function at {@code address} as the client {@code client}. */
  void register(String client, URI address) {
    ObjectNode json = confidential(client).put("standardFlowEnabled", true);
    json.putArray("redirectUris").add(address.resolve("/sign-in").toString());
    json.putObject("attributes")
        .put("post.logout.redirect.uris", address.resolve("/").toString())
        .put("access.token.lifespan", Integer.toString(TOKEN_SECONDS));
    post("/admin/realms/" + name + "/clients", json);
  }

  private void post(String path, ObjectNode json) {
    keycloak
        .administrator()
        .body(json.toString())
        .post(keycloak.at(path))
        .then()
        .statusCode(CREATED);
  }

  static String secret(String client) {
    return client + "-secret-of-32-characters-or-more";
  }

  static String password(String user) {
    return "password of " + user;
  }

  /** What functions call the provider. */
  URI address() {
    return keycloak.at("/realms/" + name);
  }

  /** An access token of {@code program}. */
  String token(Program program) {
    return given()
        .formParams(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", program.name(),
                "client_secret", secret(program.name())))
        .post(keycloak.at("/realms/" + name + "/protocol/openid-connect/token"))
        .then()
        .statusCode(200)
        .extract()
        .path("access_token");
  }

  private String user(String user) {
    String path = "/admin/realms/" + name + "/users";
    String id =
        keycloak
            .administrator()
            .queryParams(Map.of("username", user, "exact", true))
            .get(keycloak.at(path))
            .then()
            .statusCode(200)
            .extract()
            .path("[0].id");
    return path + "/" + id;
  }

  /** How often {@code user} has done what Keycloak calls {@code type}. */
  int events(String type, String user) {
    String path = user(user);
    return keycloak
        .administrator()
        .queryParams(Map.of("type", type, "user", path.substring(path.lastIndexOf('/') + 1)))
        .get(keycloak.at("/admin/realms/" + name + "/events"))
        .then()
        .statusCode(200)
        .extract()
        .path("size()");
  }

  /** The sessions of {@code user} that Keycloak has. */
  int sessions(String user) {
    return keycloak
        .administrator()
        .get(keycloak.at(user(user) + "/sessions"))
        .then()
        .statusCode(200)
        .extract()
        .path("size()");
  }

  /** Ends all sessions of {@code user}, as an administrator does. */
  void endSessions(String user) {
    keycloak
        .administrator()
        .post(keycloak.at(user(user) + "/logout"))
        .then()
        .statusCode(NO_CONTENT);
  }
}
