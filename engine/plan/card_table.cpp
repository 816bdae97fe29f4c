#include "plan/card_table.h"

namespace moecalc::card_table {
namespace {

// An Atlas 800I A2 has eight NPUs: 256 GB are eight of 32 GB, 512 GB eight of 64 GB, 1,024 GB two machines. A 300I Duo is one card.
constexpr Machine rows[] = {
    {"deepseek-v3", "Atlas 800I A2", "1024GB", 1911, 192, "ascend-910b3", 16, 8},
    {"deepseek-r1", "Atlas 800I A2", "1024GB", 1911, 192, "ascend-910b3", 16, 8},
    {"deepseek-r1-distill-llama-70b", "Atlas 800I A2", "512GB", 3300, 165, "ascend-910b3", 8, 8},
    {"deepseek-r1-distill-qwen-32b", "Atlas 800I A2", "256GB", 4940, 247, "ascend-910b4", 8, 8},
    {"deepseek-r1-distill-qwen-14b", "Atlas 800I A2", "256GB", 7500, 300, "ascend-910b4", 8, 8},
    {"deepseek-r1-distill-qwen-14b", "Atlas 300I Duo", "1*Duo 96GB PCIe", 730, 80, "atlas-300i-duo-96g", 1, 1},
    {"deepseek-r1-distill-llama-8b", "Atlas 300I Duo", "1*Duo 96GB PCIe", 956, 115, "atlas-300i-duo-96g", 1, 1},
    {"deepseek-r1-distill-qwen-7b", "Atlas 300I Duo", "1*Duo 96GB PCIe", 956, 115, "atlas-300i-duo-96g", 1, 1},
    {"deepseek-r1-distill-qwen-1.5b", "Atlas 300V", "1*300V 24GB PCIe", 432, 16, "atlas-300v", 1, 1},
    {"deepseek-r1", "K100 AI", "64 GB * 32 cards = 2048GB", 0, 0, "k100-ai", 32, 8},
    {"deepseek-v3", "K100 AI", "32 cards: 4 nodes * 8 cards * 64G = 2048GB", 0, 0, "k100-ai", 32, 8},
    {"janus-pro-7b", "K100 AI", "64 GB * 1 card = 64GB", 0, 0, "k100-ai", 1, 1},
    {"deepseek-r1-distill-qwen-1.5b", "K100 AI", "64 GB * 1 card = 64GB", 0, 0, "k100-ai", 1, 1},
    {"deepseek-r1-distill-qwen-7b", "K100 AI", "64 GB * 1 card = 64GB", 0, 0, "k100-ai", 1, 1},
    {"deepseek-r1-distill-qwen-14b", "K100 AI", "64 GB * 3 cards = 192GB", 0, 0, "k100-ai", 3, 3},
    {"deepseek-r1-distill-qwen-32b", "K100 AI", "64 GB * 4 cards = 256GB", 0, 0, "k100-ai", 4, 4},
    {"deepseek-r1-distill-llama-8b", "K100 AI", "64 GB * 1 card = 64GB", 0, 0, "k100-ai", 1, 1},
    {"deepseek-r1-distill-llama-70b", "K100 AI", "64 GB * 8 cards = 512GB", 0, 0, "k100-ai", 8, 8},
};

constexpr Card printed[] = {
    {"H100", "h100-sxm", 80, 3350, 1979, 3958, 900},
    {"A100", "a100-sxm-80g", 80, 1550, 312, 624, 600},
    {"4090", "rtx-4090", 24, 1008, 661, 1321, 0},
    {"V100", "v100-sxm2-32g", 0, 0, 0, 0, 0},
    {"910B", "ascend-910b3", 64, 0, 256, 0, 0},
    {"910C", "ascend-910c", 0, 0, 0, 0, 0},
    {"K100 AI", "k100-ai", 64, 896, 196, 0, 0},
};

}  // namespace

std::span<const Machine> machines() { return rows; }
std::span<const Card> cards() { return printed; }

}  // namespace moecalc::card_table
