package io.nnnco.nhub.spring;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.Uplink;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ReflectionUtils;

/** A method of a bean that can be called with a message, or with a batch. */
final class ListenerMethod {
  private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);
  private static final String PARAMETERS =
      "Use Uplink, Downlink, Join or DeviceMessage, Delivery, @Channel(\"…\") double and the like,"
          + " or one List<DeliveredMessage> for batches.";

  private final Object bean;
  private final Method method;
  private final Method invocable;
  private final List<MethodArgument> arguments = new ArrayList<>();
  private final Set<MessageKind> kinds = EnumSet.noneOf(MessageKind.class);
  private boolean anyKind;
  private boolean batch;

  /**
   * Checks the method.
   *
   * @param bean the bean, which may be a proxy
   * @param type the class of the bean, or of what the proxy stands for
   * @param method the annotated method of that class
   * @throws NHubListenerException if it cannot be called on the bean, or if its parameters or its
   *     result are not those of a listener
   */
  ListenerMethod(Object bean, Class<?> type, Method method) {
    this.bean = bean;
    this.method = method;
    invocable = invocable();
    requireResult(type);
    if (method.getParameterCount() == 0) {
      throw fault("It has no parameter.", PARAMETERS);
    }
    MethodParameter[] parameters = new AnnotatedMethod(method).getMethodParameters();
    for (int i = 0; i < parameters.length; i++) {
      add(
          parameters[i].getParameterAnnotation(Channel.class),
          ResolvableType.forMethodParameter(method, i, type));
    }
    if (batch && method.getParameterCount() > 1) {
      throw fault("A batch must be the only parameter.", PARAMETERS);
    }
    if (kinds.size() > 1) {
      throw fault(
          "No message is of several kinds.", "Take a DeviceMessage, or write a method for each.");
    }
    if (!Modifier.isPublic(invocable.getModifiers())
        || !Modifier.isPublic(invocable.getDeclaringClass().getModifiers())) {
      ReflectionUtils.makeAccessible(invocable);
    }
  }

  /** A final method can be called on a proxy, but it would not reach the bean behind it. */
  private Method invocable() {
    if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
      throw unreachable(null);
    }
    try {
      return AopUtils.selectInvocableMethod(method, bean.getClass());
    } catch (IllegalStateException e) {
      throw unreachable(e);
    }
  }

  private NHubListenerException unreachable(@Nullable Throwable cause) {
    return fault(
        "Its bean is a proxy that does not pass calls of it on.",
        "Declare it in an interface of the bean; or, if the proxy is a subclass, make it neither"
            + " private nor final.",
        cause);
  }

  private void requireResult(Class<?> type) {
    Class<?> result = method.getReturnType();
    if (result == void.class && isAsync(type)) {
      throw fault(
          "It is @Async and returns void, so that messages would be acknowledged before they are"
              + " handled.",
          "Remove @Async, as devices are handled in parallel anyway; or return a CompletionStage"
              + " that completes when the message is handled.");
    }
    if (result != void.class
        && !result.getName().equals("kotlin.Unit")
        && !CompletionStage.class.isAssignableFrom(result)) {
      throw fault(
          "It returns " + result.getSimpleName() + ", which nobody would wait for.",
          "Return void, or a CompletionStage that completes when the message is handled.");
    }
  }

  private boolean isAsync(Class<?> type) {
    return AnnotatedElementUtils.hasAnnotation(method, Async.class)
        || AnnotatedElementUtils.hasAnnotation(type, Async.class);
  }

  private void add(@Nullable Channel channel, ResolvableType resolved) {
    Class<?> type = resolved.toClass();
    if (channel != null) {
      MethodArgument reading = MethodArgument.ofChannel(channel.value(), type);
      if (reading == null) {
        throw fault(
            "A reading cannot be a " + type.getSimpleName() + ".",
            "Use double, boolean, OptionalDouble, Double, Boolean, String, BigDecimal or Reading.");
      }
      kinds.add(MessageKind.UPLINK);
      arguments.add(reading);
    } else if (type == Delivery.class) {
      arguments.add((message, delivery) -> delivery);
    } else if (type == DeviceMessage.class) {
      anyKind = true;
      arguments.add((message, delivery) -> message);
    } else if (type == List.class && resolved.getGeneric(0).toClass() == DeliveredMessage.class) {
      batch = true;
    } else {
      kinds.add(kind(type));
      arguments.add(
          (message, delivery) -> type.isInstance(message) ? message : MethodArgument.NONE);
    }
  }

  private MessageKind kind(Class<?> type) {
    if (type == Uplink.class) {
      return MessageKind.UPLINK;
    }
    if (type == Downlink.class) {
      return MessageKind.DOWNLINK;
    }
    if (type == Join.class) {
      return MessageKind.JOIN;
    }
    throw fault("It has a parameter of type " + type.getSimpleName() + ".", PARAMETERS);
  }

  NHubListenerException fault(String problem, String action) {
    return new NHubListenerException(method, problem, action, null);
  }

  NHubListenerException fault(String problem, String action, @Nullable Throwable cause) {
    return new NHubListenerException(method, problem, action, cause);
  }

  boolean isBatch() {
    return batch;
  }

  /** The kind that its parameters need; empty if any will do. */
  Set<MessageKind> kinds() {
    return kinds;
  }

  /** Whether it takes a message of any kind, those unknown to this version included. */
  boolean takesAnyKind() {
    return anyKind && kinds.isEmpty();
  }

  CompletionStage<?> call(DeviceMessage message, Delivery delivery) throws Exception {
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(message, delivery);
      if (values[i] == MethodArgument.NONE) {
        return DONE;
      }
    }
    return invoke(values);
  }

  CompletionStage<?> call(List<DeliveredMessage> messages) throws Exception {
    return invoke(messages);
  }

  private CompletionStage<?> invoke(@Nullable Object... values) throws Exception {
    Object result;
    try {
      result = invocable.invoke(bean, values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getTargetException();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception exception ? exception : e;
    }
    if (result instanceof CompletionStage<?> stage) {
      return stage;
    }
    if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
      throw new IllegalStateException(method + " returned null instead of a CompletionStage");
    }
    return DONE;
  }

  @Override
  public String toString() {
    return method.toGenericString();
  }
}
