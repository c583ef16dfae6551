package io.maskwire.cli.direct;

import static io.maskwire.cli.direct.Parties.assertFails;
import static io.maskwire.cli.direct.Parties.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.cli.direct.Parties.Linked;
import io.maskwire.cli.direct.Parties.Party;
import io.maskwire.cli.direct.Parties.Waiting;
import io.maskwire.cli.direct.TestCertificates.Pem;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import io.maskwire.exchange.seal.PemFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in, and that a refused one leaves the listener waiting for the right peer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerTrustTest {
  private static final List<Pem> STRANGERS =
      Stream.of(Parties.OTHER_AUTHORITY, Parties.FORGED_AUTHORITY)
          .map(authority -> authority.party("party-1"))
          .map(stranger -> stranger.trusting(Parties.AUTHORITY.authority()))
          .toList();

  static List<Pem> strangers() {
    return STRANGERS;
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void accept_peerFromOtherAuthority_isRefused(Pem stranger) throws InterruptedException {
    try (var waiting = new Waiting(Parties.zero())) {
      assertFails(
          () -> waiting.connect(Party.of(stranger, 1)),
          ErrorCode.UNTRUSTED_PEER,
          "does not trust this party's certificate");

      assertThat(waiting.nextLine()).contains("refused", "does not come from a trusted authority");
      waiting.acceptsStill(Parties.one());
    }
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void connect_listenerFromOtherAuthority_isRefused(Pem stranger) throws InterruptedException {
    try (var waiting = new Waiting(Party.of(stranger, 0))) {
      assertFails(
          () -> waiting.connect(Parties.one()),
          ErrorCode.UNTRUSTED_PEER,
          "does not come from a trusted authority");

      assertThat(waiting.nextLine()).contains("refused", "does not trust this party's certificate");
      assertThat(waiting.accepted).isNotDone();
    }
  }

  @Test
  void accept_peerWithoutCertificate_learnsAnAlertOnly() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        SSLSocket anonymous = anonymousConnection(waiting)) {
      assertThatThrownBy(() -> anonymous.getInputStream().read())
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("Received fatal alert");

      assertThat(waiting.nextLine()).contains("refused", "presents no certificate");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void accept_olderTls_isRefused() throws Exception {
    SSLContext context = Parties.identity(Parties.ONE).newContext(Optional.empty());
    try (var waiting = new Waiting(Parties.zero());
        SSLSocket old =
            (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", waiting.listener.port())) {
      old.setEnabledProtocols(new String[] {"TLSv1.2"});

      assertThatThrownBy(old::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("protocol_version");
      assertThat(waiting.nextLine()).contains("refused", "is not mutual TLS 1.3");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void accept_expiredPeer_isRefused() throws InterruptedException {
    try (var waiting = new Waiting(Parties.zero())) {
      assertFails(
          () -> waiting.connect(expired("expired-one", 1)),
          ErrorCode.UNTRUSTED_PEER,
          "does not trust this party's");

      assertThat(waiting.nextLine()).contains("refused", "expired");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void connect_expiredListener_isRefused() {
    try (var waiting = new Waiting(expired("expired-zero", 0))) {
      assertFails(() -> waiting.connect(Parties.one()), ErrorCode.UNTRUSTED_PEER, "expired");
      assertThat(waiting.accepted).isNotDone();
    }
  }

  @Test
  void accept_otherPeerName_isRefused() throws InterruptedException {
    Pem other = Parties.AUTHORITY.party("party-7");
    try (var waiting = new Waiting(Parties.zero().expecting("party-1"))) {
      assertFails(() -> waiting.connect(Party.of(other, 1)), ErrorCode.UNTRUSTED_PEER);

      assertThat(waiting.nextLine()).contains("party-7", "not for 'party-1'");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void connect_otherPeerName_isRefused() {
    try (var waiting = new Waiting(Parties.zero())) {
      assertFails(
          () -> waiting.connect(Parties.one().expecting("party-9")),
          ErrorCode.UNTRUSTED_PEER,
          "party-0",
          "not for 'party-9'");
    }
  }

  @Test
  void connect_peerNameIsPartOfItsName_isRefused() {
    try (var waiting = new Waiting(Parties.zero())) {
      assertFails(
          () -> waiting.connect(Parties.one().expecting("party")), ErrorCode.UNTRUSTED_PEER);
    }
  }

  @Test
  void connect_certificateForAnotherHost_isRefusedUnlessThePeerIsNamed() {
    Pem elsewhere = Parties.AUTHORITY.issue("elsewhere", "-ext", "SAN=dns:owner.example");
    try (var waiting = new Waiting(Party.of(elsewhere, 0))) {
      assertFails(() -> waiting.connect(Parties.one()), ErrorCode.UNTRUSTED_PEER, "127.0.0.1");

      waiting.acceptsStill(Parties.one().expecting("owner.example"));
    }
  }

  @Test
  void connect_chainWithIntermediate_isTrusted() throws Exception {
    Parties.AUTHORITY.issue("intermediate", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
    Pem below = Parties.AUTHORITY.issueFrom("intermediate", "below", "-ext", "SAN=ip:127.0.0.1");

    try (var linked = Linked.of(Parties.zero(), Party.of(below, 1))) {
      linked.one().send(new byte[] {9});
      assertThat(linked.zero().receive()).containsExactly(9);
    }
  }

  @Test
  void check_expiredPeerThatIsAnAuthorityItself_isRefused() throws Exception {
    Pem pinned =
        Parties.AUTHORITY.issue(
            "pinned", "-startdate", "-2d", "-validity", "1", "-ext", "bc:c=ca:true");
    var chain = PemFile.read(pinned.certificate(), "certificate").certificates().subList(0, 1);
    var trust = PeerTrust.in(chain, Optional.empty());

    assertThatThrownBy(() -> trust.checkClientTrusted(chain.toArray(X509Certificate[]::new), "EC"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("has expired");
  }

  @Test
  void namesOf_certificate_areCommonAndDnsNames() throws Exception {
    var certificate =
        PemFile.read(Parties.ONE.certificate(), "certificate").certificates().getFirst();

    assertThat(PeerTrust.namesOf(certificate)).isEqualTo(List.of("party-1", "localhost"));
  }

  @Test
  void report_controlCharacters_stayOnOneLine() {
    try (var waiting = new Waiting(Parties.zero())) {
      Parties.zero().endpoint(waiting.log).report("refused a\nforged line\u001b[2J");

      assertThat(waiting.log).containsExactly("refused a?forged line?[2J");
    }
  }

  @Test
  void accept_sameRole_endsBothSides() {
    try (var waiting = new Waiting(Parties.zero())) {
      assertFails(
          () -> waiting.connect(Party.of(Parties.ONE, 0)), ErrorCode.PROTOCOL, "has role 0");
      assertFails(() -> result(waiting.accepted), ErrorCode.PROTOCOL, "has role 0");
    }
  }

  @Test
  void accept_otherProgram_endsBothSides() {
    String other = "99".repeat(32);
    try (var waiting = new Waiting(Parties.zero())) {
      var party = Parties.one().binding(new SessionBinding(1, other, Parties.SESSION));

      assertFails(() -> waiting.connect(party), ErrorCode.PROTOCOL, "this party " + other);
      assertFails(
          () -> result(waiting.accepted), ErrorCode.PROTOCOL, "the peer runs program " + other);
    }
  }

  @Test
  void accept_otherSession_endsBothSides() {
    String other = "99".repeat(16);
    try (var waiting = new Waiting(Parties.zero())) {
      var party = Parties.one().binding(new SessionBinding(1, Parties.PROGRAM, other));

      assertFails(() -> waiting.connect(party), ErrorCode.PROTOCOL, "this party " + other);
      assertFails(
          () -> result(waiting.accepted), ErrorCode.PROTOCOL, "the peer runs session " + other);
    }
  }

  private static SSLSocket anonymousConnection(Waiting waiting)
      throws GeneralSecurityException, IOException {
    var authority = PemFile.read(Parties.AUTHORITY.authority(), "CA").certificates();
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {PeerTrust.in(authority, Optional.of("party-0"))}, null);
    return (SSLSocket)
        context.getSocketFactory().createSocket("127.0.0.1", waiting.listener.port());
  }

  /** A party whose clock was right when its certificate was valid. */
  private static Party expired(String name, int role) {
    Pem pem = Parties.AUTHORITY.expired(name);
    TlsIdentity identity =
        TlsIdentity.fromPem(
            pem.certificate(),
            pem.key(),
            pem.authority(),
            InstantSource.fixed(Instant.now().minus(Duration.ofHours(36))));
    return new Party(
        identity,
        Optional.empty(),
        new SessionBinding(role, Parties.PROGRAM, Parties.SESSION),
        Parties.LIMITS);
  }
}
