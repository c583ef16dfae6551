package io.maskwire.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How people sign in, as {@code maskwire.sign-in.*}. */
@ConfigMapping(prefix = "maskwire.sign-in")
public interface SignInConfig {

  /** Where identities come from: with OpenID Connect, unless an operator says otherwise. */
  Mode mode();

  /**
   * Whether {@link Mode#DEVELOPMENT} may listen beyond the loopback interface: in a container whose
   * port is published on the loopback interface alone.
   */
  @WithDefault("false")
  boolean developmentBeyondLoopback();

  /** Where identities come from. */
  enum Mode {
    /** Everybody is {@code developer} and has all roles. For one machine and one person. */
    DEVELOPMENT,
    /** The provider that {@code quarkus.oidc.*} names. */
    OIDC
  }
}
