package io.nnnco.nhub.spring.aot;

import io.nnnco.nhub.spring.fake.AutoConfigureFakeNHub;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A user's test class, which is processed ahead of time; it has no tests of its own. */
@SpringBootTest(classes = Thermometer.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureFakeNHub(enterprises = {"nnn.acme", "nnn.two"})
final class FakeInATest {}
