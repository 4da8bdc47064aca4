#pragma once

#include "topology/builder/builder_state.h"

namespace firebreak {

/// Takes one declaration over: its values judged, its names numbered.
void declare(Declarations& declarations, const ZoneDecl& decl);
void declare(Declarations& declarations, const SiteDecl& decl);
void declare(Declarations& declarations, const SystemDecl& decl);
void declare(Declarations& declarations, const IdentityDecl& decl);
void declare(Declarations& declarations, const ServiceDecl& decl);
void declare(Declarations& declarations, const CustomerDecl& decl);
void declare(Declarations& declarations, const LinkDecl& decl);
void declare(Declarations& declarations, const PolicyDecl& decl);
void declare(Declarations& declarations, const PivotDecl& decl);
void declare(Declarations& declarations, const ScenarioDecl& decl);
void declare(Declarations& declarations, const RequireDecl& decl);

}  // namespace firebreak
