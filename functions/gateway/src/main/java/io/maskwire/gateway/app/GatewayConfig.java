package io.maskwire.gateway.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator sets, as {@code maskwire.gateway.*}. */
@ConfigMapping(prefix = "maskwire.gateway")
public interface GatewayConfig {

  /** PEM file of the private key that signs session tokens: P-256, PKCS#8. */
  Path signingKey();

  /** PEM files of the parties' certificates, party 0 first: users seal their inputs for them. */
  List<Path> partyCertificates();

  /** Address of the dealer, as users reach it, without a slash at its end. */
  URI dealerUrl();

  /**
   * Where each instance of a function is, by its name, for the operator's page: health and metrics
   * are asked there, the stock at {@code dealer}.
   */
  Map<String, URI> functions();

  /** Address of the owner's console, for a link on the page. */
  Optional<URI> ownerUrl();

  /** From the opening of a session to its expiry; tokens live as long. */
  @WithDefault("PT15M")
  Duration sessionLifetime();

  /** How long key sets live that nobody uses: the dealer's own setting. */
  @WithDefault("PT24H")
  Duration keyLifetime();

  /** What must remain of a key set's life for it to be handed out. */
  @WithDefault("PT1M")
  Duration keyMargin();

  /**
   * How long inputs, results and records stay after a session has ended, if it has expired: until
   * then its token is good.
   */
  @WithDefault("PT15M")
  Duration retention();

  /** Uploads at a time; each takes the memory of one input. More are told to come again. */
  @WithDefault("64")
  int concurrentUploads();

  /** How often expired sessions are looked for. */
  @WithDefault("10s")
  String sweepInterval();

  /** How often idle event streams are reminded that they are alive. */
  @WithDefault("15s")
  String heartbeatInterval();
}
