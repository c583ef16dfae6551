package io.maskwire.signin;

import java.util.Set;

/** What people may be; the provider's tokens say who is what. Names for {@code @RolesAllowed}. */
public final class Roles {
  /** Has images, opens sessions. */
  public static final String USER = "user";

  /** Has models, publishes them. */
  public static final String OWNER = "owner";

  /** Runs functions, sees how they do. */
  public static final String OPERATOR = "operator";

  /** All of them. */
  public static final Set<String> ALL = Set.of(USER, OWNER, OPERATOR);

  private Roles() {}
}
