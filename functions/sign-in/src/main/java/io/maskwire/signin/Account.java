package io.maskwire.signin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.List;
import java.util.Locale;

/**
 * Who is signed in, for a page to show.
 *
 * @param name as the provider has it
 * @param roles those of {@link Roles}, in alphabetical order; the provider's others are left out
 * @param signIn the {@link SignInConfig.Mode}, in small letters
 */
@RegisterForReflection
public record Account(String name, List<String> roles, String signIn) {
  public Account {
    roles = List.copyOf(roles);
  }

  /** The account behind {@code identity}. */
  public static Account of(SecurityIdentity identity, SignInConfig config) {
    return new Account(
        identity.getPrincipal().getName(),
        Roles.ALL.stream().filter(identity::hasRole).sorted().toList(),
        config.mode().name().toLowerCase(Locale.ROOT));
  }
}
