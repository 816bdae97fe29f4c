# data/*.json -> efficiency_tables.inc, by node, at build time.
set(efficiency_tables ${CMAKE_BINARY_DIR}/generated/efficiency_tables.inc)
add_custom_command(
  OUTPUT ${efficiency_tables}
  COMMAND ${NODE_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/generate.mjs ${CMAKE_BINARY_DIR}/generated
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/generate.mjs ${CMAKE_CURRENT_LIST_DIR}/data/efficiencies.json ${CMAKE_CURRENT_LIST_DIR}/data/serving.json
  COMMENT "Generating the efficiency tables"
  VERBATIM
)
target_sources(moecalc_engine PRIVATE ${efficiency_tables})
target_include_directories(moecalc_engine PRIVATE ${CMAKE_BINARY_DIR}/generated)
