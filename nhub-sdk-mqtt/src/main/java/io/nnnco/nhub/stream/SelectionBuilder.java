package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.TopicGrammar;
import io.nnnco.nhub.message.MessageKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The part of {@link SubscribeOptionsBuilder} that says what to receive. */
abstract sealed class SelectionBuilder permits SubscribeOptionsBuilder {
  final Set<Enterprise> enterprises = new LinkedHashSet<>();
  final Set<MessageKind> kinds = EnumSet.of(MessageKind.UPLINK);
  final Set<String> devices = new LinkedHashSet<>();

  SelectionBuilder(Enterprise enterprise) {
    enterprises.add(Objects.requireNonNull(enterprise, "enterprise"));
  }

  SelectionBuilder(SubscribeOptions options) {
    enterprises.addAll(options.enterprises());
    kinds.clear();
    kinds.addAll(options.kinds());
    devices.addAll(options.devices());
  }

  abstract SubscribeOptionsBuilder self();

  /**
   * Receives from a further enterprise, on the same connection.
   *
   * @param enterprise its code
   * @return this builder
   * @throws IllegalArgumentException if the code is not well formed
   */
  public SubscribeOptionsBuilder alsoEnterprise(String enterprise) {
    return alsoEnterprise(Enterprise.of(enterprise));
  }

  /**
   * Receives from a further enterprise, on the same connection.
   *
   * @param enterprise the enterprise
   * @return this builder
   */
  public SubscribeOptionsBuilder alsoEnterprise(Enterprise enterprise) {
    enterprises.add(Objects.requireNonNull(enterprise, "enterprise"));
    return self();
  }

  /**
   * Receives these kinds of messages; by default uplinks.
   *
   * @param first a kind
   * @param more further kinds
   * @return this builder
   */
  public SubscribeOptionsBuilder kinds(MessageKind first, MessageKind... more) {
    return kinds(EnumSet.of(first, more));
  }

  /**
   * Receives these kinds of messages; by default uplinks.
   *
   * @param wanted the kinds; at least one
   * @return this builder
   * @throws IllegalArgumentException if there is none
   */
  public SubscribeOptionsBuilder kinds(Collection<MessageKind> wanted) {
    List<MessageKind> checked = List.copyOf(wanted);
    if (checked.isEmpty()) {
      throw new IllegalArgumentException("No kind of message: allKinds() has them all.");
    }
    kinds.clear();
    kinds.addAll(checked);
    return self();
  }

  /**
   * Receives every kind, those that this version does not know included.
   *
   * @return this builder
   */
  public SubscribeOptionsBuilder allKinds() {
    kinds.clear();
    return self();
  }

  /**
   * Receives from these devices only; by default from all.
   *
   * @param ids device ids, each a single topic level; at least one
   * @return this builder
   * @throws IllegalArgumentException if there is none, or an id cannot be a topic level
   */
  public SubscribeOptionsBuilder devices(String... ids) {
    return devices(List.of(ids));
  }

  /**
   * Receives from these devices only; by default from all.
   *
   * @param ids device ids, each a single topic level; at least one
   * @return this builder
   * @throws IllegalArgumentException if there is none, or an id cannot be a topic level
   */
  public SubscribeOptionsBuilder devices(Collection<String> ids) {
    List<String> checked = List.copyOf(ids);
    if (checked.isEmpty()) {
      throw new IllegalArgumentException("No device id: leave devices(…) out to have them all.");
    }
    for (String id : checked) {
      if (!TopicGrammar.isLevel(id)) {
        throw new IllegalArgumentException(
            "Not a device id: \"" + id + "\". It is one level of a topic: without /, + and #.");
      }
    }
    devices.clear();
    devices.addAll(checked);
    return self();
  }
}
