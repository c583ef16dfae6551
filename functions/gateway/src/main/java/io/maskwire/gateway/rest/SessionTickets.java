package io.maskwire.gateway.rest;

import io.maskwire.gateway.model.PublishedModel;
import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.gateway.token.SessionTokens;
import java.net.URI;
import java.util.List;

/**
 * What a user is given who has opened a session: its token, where its masks are, whom to seal for.
 */
public final class SessionTickets {
  private final SessionTokens tokens;
  private final String dealer;
  private final List<String> certificates;

  /**
   * Tickets with {@code tokens}.
   *
   * @param dealer its address, as users reach it
   * @param certificates PEM of party 0 and of party 1
   */
  public SessionTickets(SessionTokens tokens, URI dealer, List<String> certificates) {
    this.tokens = tokens;
    String address = dealer.toString();
    this.dealer = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    this.certificates = List.copyOf(certificates);
  }

  OpenedSession of(SessionRecord record, PublishedModel model) {
    return new OpenedSession(
        record.session().toString(),
        tokens.issue(record),
        record.expires(),
        model.name().model(),
        model.name().version(),
        model.program(),
        masks(record),
        certificates);
  }

  private URI masks(SessionRecord record) {
    return URI.create(
        "%s/masks/%s?model=%s&version=%s"
            .formatted(dealer, record.session(), record.name().model(), record.name().version()));
  }
}
