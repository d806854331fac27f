/// upsdrvctl: starts and stops drivers, tells them things, and shows how they are.
@NullMarked
package org.nutjvm.tools.upsdrvctl;

import org.jspecify.annotations.NullMarked;
