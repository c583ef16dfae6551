package io.maskwire.signin;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** In development every request is the developer's. With a provider this does nothing. */
@Singleton
public final class DevelopmentIdentity implements HttpAuthenticationMechanism {
  private static final String NAME = "developer";

  private final Uni<SecurityIdentity> identity;

  DevelopmentIdentity(SignInConfig config) {
    identity =
        config.mode() == SignInConfig.Mode.DEVELOPMENT
            ? Uni.createFrom().item(developer())
            : Uni.createFrom().nullItem();
  }

  private static SecurityIdentity developer() {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(NAME))
        .addRoles(Roles.ALL)
        .build();
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    return identity;
  }

  /** Nothing that a client could be asked for. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().nullItem();
  }

  /** Before the provider's. */
  @Override
  public int getPriority() {
    return 2 * DEFAULT_PRIORITY;
  }
}
