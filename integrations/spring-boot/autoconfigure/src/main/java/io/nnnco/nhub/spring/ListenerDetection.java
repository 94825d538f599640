package io.nnnco.nhub.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds the methods with {@link NHubListener}, and registers them once all beans are there. */
final class ListenerDetection implements BeanPostProcessor, SmartInitializingSingleton {
  private final ObjectProvider<NHubListenerRegistry> registry;
  private final ObjectProvider<ListenerFactory> factory;
  private final List<Found> found = new ArrayList<>();
  private boolean complete;

  private record Found(String beanName, Object bean, Method method, NHubListener annotation) {}

  ListenerDetection(
      ObjectProvider<NHubListenerRegistry> registry, ObjectProvider<ListenerFactory> factory) {
    this.registry = registry;
    this.factory = factory;
  }

  /** The methods of a class with the annotation; most classes have none. */
  static Map<Method, NHubListener> listeners(Class<?> type) {
    return AnnotationUtils.isCandidateClass(type, NHubListener.class)
        ? MethodIntrospector.selectMethods(
            type,
            (MetadataLookup<@Nullable NHubListener>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, NHubListener.class))
        : Map.of();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    listeners(AopProxyUtils.ultimateTargetClass(bean))
        .forEach((method, annotation) -> add(new Found(beanName, bean, method, annotation)));
    return bean;
  }

  private void add(Found listener) {
    synchronized (this) {
      if (!complete) {
        found.add(listener);
        return;
      }
    }
    register(listener);
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<Found> all;
    synchronized (this) {
      complete = true;
      all = List.copyOf(found);
      found.clear();
    }
    all.forEach(this::register);
  }

  private void register(Found listener) {
    ListenerMethod method =
        new ListenerMethod(
            listener.bean(),
            AopUtils.selectInvocableMethod(listener.method(), listener.bean().getClass()));
    registry
        .getObject()
        .register(
            method,
            factory
                .getObject()
                .container(
                    listener.beanName(),
                    listener.method().getName(),
                    method,
                    listener.annotation()));
  }
}
