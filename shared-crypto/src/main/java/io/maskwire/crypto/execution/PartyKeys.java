package io.maskwire.crypto.execution;

import io.maskwire.crypto.fss.NodeHash;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.PartyContext;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.KeySectionCodec;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import java.util.List;

/** One session's keys as one party reads them: headers at once, sections when their round comes. */
public final class PartyKeys {
  private final Role role;
  private final Sections common;
  private final Sections own;
  private final SessionId session;
  private final Seed seed;
  private final byte[] hashKey;
  private volatile boolean wiped;

  /**
   * Opens both files of a session.
   *
   * @throws ProtocolException if one is damaged, cut short, or for another program, session or role
   */
  public PartyKeys(PartyModel model, KeySource common, KeySource own) {
    role = model.role();
    this.common = new Sections(common);
    this.own = new Sections(own);
    KeyHeader.Kind kind = role == Role.PARTY_0 ? KeyHeader.Kind.PARTY_0 : KeyHeader.Kind.PARTY_1;
    long ownBytes = role == Role.PARTY_0 ? model.plan().party0Bytes() : model.plan().party1Bytes();
    KeyHeader commonHeader = open(common, KeyHeader.Kind.COMMON, model, model.plan().commonBytes());
    KeyHeader ownHeader = open(own, kind, model, ownBytes);
    if (!commonHeader.session().equals(ownHeader.session())) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "common keys are of session %s, the party's of session %s: use files of one session"
              .formatted(commonHeader.session(), ownHeader.session()));
    }
    session = ownHeader.session();
    seed = ownHeader.first();
    hashKey = commonHeader.first().toBytes();
  }

  private static KeyHeader open(
      KeySource source, KeyHeader.Kind kind, PartyModel model, long length) {
    KeyHeader header = KeyHeader.decode(source.read(0, KeyHeader.BYTES), kind, model.id());
    if (header.length() != length) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "keys say that they have %d bytes, this program's have %d: deal again"
              .formatted(header.length(), length));
    }
    // The last byte: a file that was cut short is refused before the first message, not in mid-run.
    source.read(length - 1, 1);
    return header;
  }

  /** Which session. */
  public SessionId session() {
    return session;
  }

  /** This party's secret seed. */
  Seed seed() {
    return seed;
  }

  /** What the party has for a slice. */
  PartyContext context(NodeHash hash, KeySectionCodec.Slice slice) {
    return new PartyContext(role, hash, PartyRandomness.of(seed, slice.step(), slice.from()));
  }

  /** A node hash of the session; one per thread. */
  NodeHash newHash() {
    return NodeHash.forKey(hashKey);
  }

  private void requireUsable() {
    if (wiped) {
      throw new IllegalStateException(
          "the keys of session %s were wiped: they serve one input".formatted(session));
    }
  }

  /** The trees of {@code section}, good until those of another one are read. */
  List<TreeKeys> trees(KeyPlan.Section section) {
    requireUsable();
    if (section.common().length() == 0) {
      return List.of();
    }
    int length = section.common().length();
    byte[] bytes = common.read(section.common());
    return KeySectionCodec.decodeTrees(bytes, length, section.slice(), section.layout());
  }

  /** This party's shares of the secrets of {@code section}. */
  List<long[]> shares(KeyPlan.Section section, PartyContext context) {
    requireUsable();
    if (role == Role.PARTY_0) {
      return section.layout().expandShares(context, section.slice().count());
    }
    if (section.corrections().length() == 0) {
      return List.of();
    }
    int length = section.corrections().length();
    byte[] bytes = own.read(section.corrections());
    return KeySectionCodec.decodeCorrections(bytes, length, section.slice(), section.layout());
  }

  /** Reads one section of a file after the other into the same memory: there are gigabytes. */
  private static final class Sections {
    private final KeySource source;
    private byte[] bytes = new byte[0];

    Sections(KeySource source) {
      this.source = source;
    }

    /** An array that starts with {@code range}, until the next call. */
    byte[] read(KeyPlan.ByteRange range) {
      if (bytes.length < range.length()) {
        bytes = new byte[range.length()];
      }
      source.read(range.offset(), range.length(), bytes);
      return bytes;
    }
  }

  /** Overwrites the seed; whoever uses the keys afterwards is refused. May be repeated. */
  public void wipe() {
    wiped = true;
    seed.wipe();
  }
}
