package io.maskwire.tests.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import io.maskwire.tests.Cli;
import io.maskwire.tests.ReferenceData;
import io.maskwire.tests.Repository;
import io.maskwire.tests.signin.KeycloakRealm.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A running system with a model, whose users are those of a Keycloak. */
final class SignInSystem implements AutoCloseable {
  static final String MODEL = "lenet";

  private static final String GATEWAY = "maskwire-gateway";
  private static final String CONSOLE = "maskwire-compiler";

  /** People by their names, and the roles of each. */
  private static final Map<String, List<String>> PEOPLE =
      Map.of(
          "alice", List.of("user"),
          "bob", List.of("user"),
          "carol", List.of("user"),
          "dave", List.of("user"),
          "otto", List.of("owner"),
          "olga", List.of("operator"),
          "nora", List.of());

  static final Program PIPELINE = new Program("pipeline", List.of("user"), GATEWAY);
  static final Program STRANGER = new Program("stranger", List.of("user"), "");
  static final Program ROLELESS = new Program("roleless", List.of(), GATEWAY);

  private final Keycloak keycloak;
  private final KeycloakRealm realm;
  private final LocalStackProcess stack;

  private SignInSystem(Keycloak keycloak, KeycloakRealm realm, LocalStackProcess stack) {
    this.keycloak = keycloak;
    this.realm = realm;
    this.stack = stack;
  }

  /** Starts it with its data in {@code folder}; {@link #prepare} must be called next. */
  static SignInSystem start(Path folder) throws IOException {
    System.setProperty("maskwire.home", Repository.root().toString());
    Keycloak keycloak = Keycloak.start(Repository.root().resolve("tests/target/keycloak.log"));
    try {
      KeycloakRealm realm = keycloak.realm("hospital");
      realm.create(PEOPLE, List.of(PIPELINE, STRANGER, ROLELESS));
      StackOptions options = StackOptions.onFreePort(folder);
      return new SignInSystem(
          keycloak, realm, LocalStackProcess.start(options, settings(realm), line -> {}));
    } catch (IOException | RuntimeException | AssertionError e) {
      keycloak.close();
      throw e;
    }
  }

  /** Tells Keycloak where the functions are, and publishes the model. */
  void prepare() {
    realm.register(GATEWAY, gateway());
    realm.register(CONSOLE, console());
    Path data = stack.address().data();
    assertThat(
            Cli.run("publish", ReferenceData.lenet(), "--name", MODEL, "--data", data, "--json")
                .json()
                .get("model")
                .asText())
        .isEqualTo(MODEL);
  }

  /** As docs/OPERATIONS.md has them; each function is the client of its own name. */
  private static Map<String, String> settings(KeycloakRealm realm) {
    String each = "${quarkus.application.name}";
    return Map.of(
        "MASKWIRE_SIGN_IN_MODE",
        "oidc",
        "QUARKUS_OIDC_AUTH_SERVER_URL",
        realm.address().toString(),
        "QUARKUS_OIDC_ROLES_ROLE_CLAIM_PATH",
        "realm_access/roles",
        "QUARKUS_OIDC_CLIENT_ID",
        each,
        "QUARKUS_OIDC_AUTHENTICATION_COOKIE_SUFFIX",
        each,
        "QUARKUS_OIDC_CREDENTIALS_SECRET",
        KeycloakRealm.secret(each),
        "QUARKUS_OIDC_TOKEN_STATE_MANAGER_ENCRYPTION_SECRET",
        "encrypts cookies".repeat(2),
        "QUARKUS_OIDC_AUTHENTICATION_STATE_SECRET",
        "encrypts states.".repeat(2));
  }

  URI gateway() {
    return stack.address().gateway();
  }

  URI console() {
    return stack.address().compiler();
  }

  KeycloakRealm realm() {
    return realm;
  }

  @Override
  public void close() {
    stack.close();
    keycloak.close();
  }
}
